// Writes findings, and the step summary where GitHub asks for one.
#include "nines/findings_output.hpp"

#include <fstream>

#include "base/error.hpp"

namespace nines::app {

void write_findings(Context& context, const render::FindingReport& report,
                    render::FindingFormat format) {
  render::write_findings(context.out, report, format, context.style());
  context.out.flush();
  if (!context.out) throw Error(ExitCode::io, "cannot write the findings");
  const auto page = context.env.find("GITHUB_STEP_SUMMARY");
  if (format == render::FindingFormat::github && page != context.env.end() && !page->second.empty())
    std::ofstream(page->second, std::ios::app) << render::findings_markdown(report);
}

}  // namespace nines::app
