// Holds JSON texts against JSON Schemas by valijson over nlohmann's values.
#include "support/json_schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace nines::test {

using nlohmann::json;

namespace {

/// The package holds a format against values that are no strings, too, and so refuses a null where
/// the schema allows one beside a formatted string: such rules are split in two.
void split_nullable_formats(json& rules) {
  if (rules.is_structured()) {
    for (auto& part : rules) split_nullable_formats(part);
  }
  if (!rules.is_object() || !rules.contains("format") || !rules.contains("type") ||
      rules["type"] != json::array({"string", "null"}))
    return;
  json text = rules;
  text["type"] = "string";
  rules = {{"anyOf", json::array({json{{"type", "null"}}, text})}};
}

}  // namespace

std::string json_problems(std::string_view document, std::string_view schema) {
  const auto value = json::parse(document, nullptr, false);
  auto rules = json::parse(schema, nullptr, false);
  if (value.is_discarded()) return "the document is no JSON\n";
  if (rules.is_discarded()) return "the schema is no JSON\n";
  split_nullable_formats(rules);
  valijson::Schema parsed;
  valijson::SchemaParser parser;
  const valijson::adapters::NlohmannJsonAdapter rules_adapter(rules);
  parser.populateSchema(rules_adapter, parsed);
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(value);
  if (validator.validate(parsed, adapter, &results)) return "";
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const auto& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text.empty() ? "not valid\n" : text;
}

}  // namespace nines::test
