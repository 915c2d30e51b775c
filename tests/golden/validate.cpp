// Validates by valijson over nlohmann's values.
#include "golden/validate.hpp"

#include <fstream>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace nines::golden {
namespace {

using nlohmann::json;

/// "nines/slo.status/v1" -> "slo.status.json".
std::string file_of(const std::string& name) {
  const auto begin = name.find('/') + 1;
  return name.substr(begin, name.rfind('/') - begin) + ".json";
}

std::string problems_of(const json& document, const json& rules) {
  valijson::Schema schema;
  valijson::SchemaParser parser;
  const valijson::adapters::NlohmannJsonAdapter rules_adapter(rules);
  parser.populateSchema(rules_adapter, schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(document);
  if (validator.validate(schema, adapter, &results)) return "";
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const auto& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text.empty() ? "not valid\n" : text;
}

}  // namespace

std::string schema_problems(std::string_view text, const std::filesystem::path& schemas) {
  const auto document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    return "";
  const auto name = document["schema"].get<std::string>();
  if (name.rfind("nines/", 0) != 0 || !document.contains("generated_at")) return "";
  std::ifstream in(schemas / file_of(name));
  if (!in) return "";  // hygiene.schemas reports those that are missing
  const auto rules = json::parse(in, nullptr, false);
  return rules.is_discarded() ? file_of(name) + " is no JSON\n" : problems_of(document, rules);
}

}  // namespace nines::golden
