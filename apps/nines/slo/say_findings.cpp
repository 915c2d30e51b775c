// The text form of `slo check`, on the other stream.
#include "nines/slo/say_findings.hpp"

#include <ostream>

#include "render/findings.hpp"

namespace nines::app::slo {

void say_findings(Context& context, const Findings& findings) {
  auto style = context.style();
  style.color = false;  // the style is that of standard output, which may be another terminal
  for (const auto& finding : findings) context.err << render::finding_text(finding, style);
}

}  // namespace nines::app::slo
