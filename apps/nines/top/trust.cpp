// Runs nines trust: lets commands open a store that came from elsewhere.
#include "usecases/log/trust.hpp"
#include "base/error.hpp"
#include "nines/incident/triage_pages.hpp"
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
  options.about(
      "The read-only steps of a playbook that was applied run once this user trusts it as it "
      "stands: the commands are shown, and a playbook that changes has to be trusted again.");
  options.text("playbook", "NAME", "trust this playbook of the store, not the store itself");
  options.example("nines trust", "open the store of this folder from now on");
  options.example("nines -C ../shop trust", "the store of another folder");
  options.example("nines trust --playbook restart-checkout", "its commands, from now on");
}

namespace {

ExitCode trust_named_playbook(Context& context, const std::string& name) {
  const auto session = usecases::Session::open(context.session_options());
  const auto loaded = usecases::load_playbook(session, name, incident::shipped_playbooks());
  const bool fresh = !loaded.trusted && usecases::trust_playbook(session, loaded);
  render::Output output;
  output.schema = "nines/trust.playbook/v1";
  auto steps = Json::array();
  render::Table table{{{"step"}, {"runs"}, {"command"}}, {}};
  for (const auto& step : loaded.playbook.steps) {
    const auto command = nines::incident::shown_command(step.command);
    steps.push(
        Json::object({{"step", step.name}, {"read_only", step.read_only}, {"command", command}}));
    table.rows.push_back({step.name, step.read_only ? "unasked" : "when approved", command});
  }
  output.data = Json::object({{"playbook", name},
                              {"digest", loaded.digest},
                              {"origin", loaded.origin},
                              {"already", !fresh},
                              {"steps", std::move(steps)}});
  output.page.push_back(
      render::Paragraph{fresh ? "trusted from now on, until it changes" : "trusted already"});
  output.page.push_back(std::move(table));
  output.page.push_back(render::Next{"nines incident triage --playbook " + name, "runs it"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

ExitCode run_trust(Context& context) {
  if (const auto name = context.args.text("playbook")) return trust_named_playbook(context, *name);
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
