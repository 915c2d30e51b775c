// Runs nines schema: prints the JSON Schemas of outputs, which are files, and of YAML kinds, which
// are made.
#include "nines/top/verbs.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/schemas.hpp"
#include "usecases/slo/kind_schemas.hpp"

namespace nines::app::top {
namespace {

/// "nines/slo.status/v1" and "slo.status" name the same schema.
std::string short_name(std::string name) {
  if (name.starts_with("nines/")) name.erase(0, 6);
  if (const auto slash = name.find('/'); slash != std::string::npos) name.erase(slash);
  return name;
}

/// Every schema as the text of its file, by name.
std::map<std::string, std::string> all_schemas() {
  std::map<std::string, std::string> schemas;
  for (const auto& file : embedded_schemas()) schemas.emplace(file.name, file.text);
  for (const auto& kind : usecases::kind_schemas())
    schemas.emplace(kind.name, kind.schema.pretty() + "\n");
  return schemas;
}

void list(Context& context) {
  render::Output output;
  output.schema = "nines/schema/v1";
  output.data = Json::array();
  render::Table table;
  table.columns = {{.title = "NAME"}, {.title = "DESCRIBES", .shrink = true}};
  for (const auto& [name, text] : all_schemas()) {
    const auto title = Json::parse(text).text("title");
    output.data.push(Json::object({{"name", name}, {"title", title}}));
    table.rows.push_back({render::Cell(name), render::Cell(title)});
  }
  output.page.push_back(std::move(table));
  context.show(output);
}

}  // namespace

void declare_schema(Options& options) {
  options.positional_optional("name", "such as slo.status; without it the schemas are listed");
  options.example("nines schema", "list the schemas");
  options.example("nines schema version", "the JSON Schema of 'nines version -o json'");
  options.example("nines schema openslo-v1.slo > slo.json", "what an editor completes an SLO by");
  options.about(
      "Every YAML kind and every JSON output has a JSON Schema (draft-07). The member 'schema' of "
      "an "
      "output names its schema; those of the YAML kinds are named openslo-v1.slo, nines-v1.service "
      "and so on.");
  options.see_also("nines(1)");
}

ExitCode run_schema(Context& context) {
  const auto asked = context.args.text("name");
  if (!asked) {
    list(context);
    return ExitCode::done;
  }
  const auto schemas = all_schemas();
  const auto found = schemas.find(short_name(*asked));
  if (found == schemas.end()) {
    std::vector<std::string_view> known;
    for (const auto& [name, text] : schemas) known.push_back(name);
    const auto close = did_you_mean_hint(*asked, known);
    throw Error(ExitCode::not_found, "no schema '" + *asked + "'",
                close.empty() ? "'nines schema' lists them" : close, "UNKNOWN_SCHEMA");
  }
  context.out << found->second;
  return ExitCode::done;
}

}  // namespace nines::app::top
