// Holds the JSON outputs of commands against the schemas they name.
#include "golden/validate.hpp"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "support/json_schema.hpp"

namespace nines::golden {

std::string schema_named_by(std::string_view text) {
  const auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("generated_at")) return "";
  const auto name = document.value("schema", std::string());
  if (name.rfind("nines/", 0) != 0) return "";
  const auto begin = name.find('/') + 1;
  return name.substr(begin, name.rfind('/') - begin);  // "nines/slo.status/v1" -> "slo.status"
}

std::string schema_problems(std::string_view text, const std::filesystem::path& schemas) {
  const auto name = schema_named_by(text);
  if (name.empty()) return "";
  std::ifstream in(schemas / (name + ".json"));
  if (!in) return "";  // hygiene.schemas reports those that are missing
  return test::json_problems(text, std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace nines::golden
