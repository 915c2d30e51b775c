// Runs nines trust: lets commands open a store that came from elsewhere.
#include "usecases/log/trust.hpp"
#include "base/error.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {

void declare_trust(Options& options) {
  options.no_dry_run();
  options.about(
      "A store found in a folder is opened only when this user made it, or said so once: a "
      "repository "
      "from somebody else may bring one along. A store named by --db or NINES_DB needs no trust. "
      "The "
      "list is nines/trusted-stores under the XDG configuration home.");
  options.example("nines trust", "open the store of this folder from now on");
  options.example("nines -C ../shop trust", "the store of another folder");
}

ExitCode run_trust(Context& context) {
  const auto options = context.session_options();
  if (options.trust_list.empty())
    throw Error(ExitCode::config, "no place to keep the list of trusted stores",
                "set HOME or XDG_CONFIG_HOME", "NO_HOME");
  const auto result = usecases::trust_store(options);
  render::Output output;
  output.schema = "nines/trust/v1";
  output.data = Json::object(
      {{"store", result.store}, {"path", result.path.string()}, {"already", result.already}});
  output.page.push_back(
      render::Paragraph{result.already ? "trusted already" : "trusted from now on"});
  output.page.push_back(render::Facts{{{"store", result.path.string()}, {"id", result.store}}});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
