// Runs nines init: a store and the first files of a project.
#include <algorithm>

#include "nines/top/verbs.hpp"
#include "usecases/setup/init.hpp"

namespace nines::app::top {
namespace {

render::Output output_of(const std::vector<usecases::InitStep>& steps, const std::string& folder, bool dry_run) {
  render::Output output;
  output.schema = "nines/init/v1";
  Json rows = Json::array();
  render::Table table{{{"file", render::Align::left}, {"", render::Align::left}, {"what", render::Align::left}}, {}};
  for (const auto& step : steps) {
    rows.push(Json::object({{"path", step.path}, {"made", step.made && !dry_run}, {"what", step.what}}));
    const char* act = !step.made ? "is there" : dry_run ? "would be made" : "made";
    table.rows.push_back({step.path, render::Cell(act, step.made ? render::Tone::good : render::Tone::dim), step.what});
  }
  output.data = Json::object({{"folder", folder}, {"rows", std::move(rows)}});
  output.page.push_back(std::move(table));
  return output;
}

}  // namespace

void declare_init(Options& options) {
  options.positional_optional("folder", "where; the current folder unless given");
  options.about(
      "Makes .nines/ with the store, a commented .nines.yaml, a first SLO in slos/, and CI jobs to copy. What is there "
      "already stays as it is, so running it twice is safe.");
  options.example("nines init", "make a store here");
}

ExitCode run_init(Context& context) {
  usecases::InitRequest request;
  const auto named = context.args.text("folder").value_or(".");
  request.folder = context.resolve(named).lexically_normal();
  request.dry_run = context.dry_run();
  const auto steps = usecases::init_folder(context.session_options(), request);
  auto output = output_of(steps, named, request.dry_run);
  output.page.push_back(render::Next{"nines slo check slos/", "see that the definitions are right, then apply them"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
