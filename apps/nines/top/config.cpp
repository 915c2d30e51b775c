// Runs nines config list: each setting, its value, and the layer that set it.
#include "nines/top/verbs.hpp"

namespace nines::app::top {

void declare_config_list(Options& options) {
  options.flag("show-origin", "also show which file, variable or option set each value");
  options.example("nines config list", "the settings in force here");
  options.example("nines config list --show-origin", "and where each comes from");
  options.about(
      "Weakest to strongest: /etc/nines/config.yaml, nines/config.yaml under the XDG configuration "
      "home, .nines.yaml of the repository, environment variables, options. A repository may not "
      "name the author or whose key signs, nor a file outside itself. 'identity.key' is written "
      "'identity: {key: FILE}'; see nines-approvals(7).");
  options.see_also("nines(1)");
}

ExitCode run_config_list(Context& context) {
  const bool show_origin = context.args.flag("show-origin");
  render::Output output;
  output.schema = "nines/config.list/v1";
  output.data = Json::array();
  render::Table table;
  table.columns = {{.title = "SETTING"}, {.title = "VALUE", .shrink = true}};
  table.columns.push_back({.title = "ORIGIN", .wide_only = !show_origin, .shrink = true});
  for (const auto& row : usecases::setting_table()) {
    const auto found = context.setting(row.key);
    const auto value = found ? found->value : std::string(row.fallback);
    const auto origin = found ? found->origin : std::string("default");
    output.data.push(Json::object(
        {{"name", row.key}, {"value", value}, {"origin", origin}, {"help", row.help}}));
    table.rows.push_back(
        {render::Cell(std::string(row.key)), render::Cell(value), render::Cell(origin)});
  }
  output.page.push_back(std::move(table));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
