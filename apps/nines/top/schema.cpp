// Runs nines schema: prints the JSON Schemas that were built into the program.
#include "nines/top/verbs.hpp"

#include <algorithm>
#include <ostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/schemas.hpp"

namespace nines::app::top {
namespace {

/// "nines/slo.status/v1" and "slo.status" name the same schema.
std::string short_name(std::string name) {
  if (name.starts_with("nines/")) name.erase(0, 6);
  if (const auto slash = name.find('/'); slash != std::string::npos) name.erase(slash);
  return name;
}

void list(Context& context) {
  render::Output output;
  output.schema = "nines/schema/v1";
  output.data = Json::array();
  render::Table table;
  table.columns = {{.title = "NAME"}, {.title = "DESCRIBES", .shrink = true}};
  for (const auto& schema : embedded_schemas()) {
    const auto title = Json::parse(schema.text).text("title");
    output.data.push(Json::object({{"name", schema.name}, {"title", title}}));
    table.rows.push_back({render::Cell(std::string(schema.name)), render::Cell(title)});
  }
  output.page.push_back(std::move(table));
  context.show(output);
}

}  // namespace

void declare_schema(Options& options) {
  options.positional_optional("name", "such as slo.status; without it the schemas are listed");
  options.example("nines schema", "list the schemas");
  options.example("nines schema version", "the JSON Schema of 'nines version -o json'");
  options.about(
      "Every YAML kind and every JSON output has a JSON Schema (draft-07). The member 'schema' of "
      "an "
      "output names its schema.");
  options.see_also("nines(1)");
}

ExitCode run_schema(Context& context) {
  const auto asked = context.args.text("name");
  if (!asked) {
    list(context);
    return ExitCode::done;
  }
  const auto schemas = embedded_schemas();
  const auto found = std::ranges::find(schemas, short_name(*asked), &EmbeddedSchema::name);
  if (found == schemas.end()) {
    std::vector<std::string_view> known;
    for (const auto& schema : schemas) known.push_back(schema.name);
    const auto close = did_you_mean_hint(*asked, known);
    throw Error(ExitCode::not_found, "no schema '" + *asked + "'",
                close.empty() ? "'nines schema' lists them" : close, "UNKNOWN_SCHEMA");
  }
  context.out << found->text;
  return ExitCode::done;
}

}  // namespace nines::app::top
