// Runs nines version: the program and, on request, the zone data it works with.
#include "nines/top/verbs.hpp"

#include "base/zone.hpp"

namespace nines::app::top {

void declare_version(Options& options) {
  options.example("nines version", "the version and what it was built with");
  options.example("nines version -o json", "the same for scripts");
}

ExitCode run_version(Context& context) {
  render::Output output;
  output.schema = "nines/version/v1";
  output.data = Json::object({{"version", NINES_VERSION}, {"compiler", __VERSION__}});
  output.page.push_back(render::Paragraph{"nines " NINES_VERSION});
  if (context.verbose()) {
    output.data.set("zone_data", zone_data_version());
    output.page.push_back(render::Facts{{{"compiler", render::Cell(__VERSION__)},
                                         {"zone data", render::Cell(zone_data_version())}}});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
