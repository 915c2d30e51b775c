// The JSON Schemas of the kinds: what the check accepts they accept, and they are no empty shells.
#include "yaml/schema.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/text.hpp"
#include "support/json_schema.hpp"
#include "support/shared_data.hpp"
#include "unit/yaml/mistakes.hpp"
#include "unit/yaml/samples.hpp"
#include "yaml/definitions.hpp"

namespace {

namespace fs = std::filesystem;
using nines::yaml::Node;

/// The document as other readers see it: numbers stay numbers, unlike in the log.
std::string plain_json(const Node& node) {
  if (node.is_null()) return "null";
  if (node.is_bool() || node.is_number()) return std::string(node.text);
  if (node.is_scalar()) return nines::Json(node.text).dump();
  std::string text;
  for (const Node& item : node.items()) text += (text.empty() ? "" : ",") + plain_json(item);
  for (const auto& [key, value] : node.members()) {
    text += (text.empty() ? "" : ",") + nines::Json(key.text).dump() + ":" + plain_json(value);
  }
  return node.is_sequence() ? "[" + text + "]" : "{" + text + "}";
}

/// "openslo-v1.slo" for a document that says so.
std::string schema_name(const Node& document) {
  if (document.find("groups") != nullptr) return "prometheus-rules.rulefile";
  const Node* version = document.find("apiVersion");
  if (version == nullptr) version = document.find("version");
  const Node* kind = document.find("kind");
  std::string api(version != nullptr ? version->text : "");
  std::replace(api.begin(), api.end(), '/', '-');
  return api + "." + nines::to_lower_ascii(kind != nullptr ? kind->text : "PrometheusServiceLevel");
}

const std::map<std::string, std::string>& schema_texts() {
  static const auto texts = [] {
    std::map<std::string, std::string> made;
    for (const auto& [name, schema] : nines::yaml::all_schemas()) made[name] = schema.dump();
    return made;
  }();
  return texts;
}

/// What the schemas of its kinds say against a file; "no schema" for an unknown kind.
std::string problems_of(const std::string& text, std::set<std::string>* seen = nullptr) {
  const auto stream = nines::yaml::parse(text, "f.yaml");
  std::string problems;
  const auto check = [&](const Node& document) {
    const auto found = schema_texts().find(schema_name(document));
    if (found == schema_texts().end()) {
      problems += "no schema " + schema_name(document) + "\n";
      return;
    }
    if (seen != nullptr) seen->insert(found->first);
    problems += nines::test::json_problems(plain_json(document), found->second);
  };
  for (const Node* document : stream.documents) {
    if (!document->is_sequence()) check(*document);
    for (const Node& item : document->items()) check(item);
  }
  return problems;
}

/// Checks every YAML file of a folder; gives the number of files.
int check_folder(const fs::path& folder, std::set<std::string>& seen) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto ending = entry.path().extension();
    if (ending != ".yaml" && ending != ".yml") continue;
    ++files;
    INFO(entry.path().string());
    CHECK(problems_of(nines::test::read_file(entry.path()), &seen) == "");
  }
  return files;
}

}  // namespace

TEST_CASE("every kind has a schema of its own name", "[yaml][schema]") {
  std::set<std::string> ids;
  for (const auto& [name, schema] : nines::yaml::all_schemas()) {
    INFO(name);
    CHECK(schema.text("$schema") == "http://json-schema.org/draft-07/schema#");
    CHECK(schema.text("$id") == "https://nines.dev/schemas/" + name + ".json");
    CHECK_FALSE(schema.text("title").empty());
    CHECK(schema.find("additionalProperties") != nullptr);
    CHECK(ids.insert(schema.text("$id")).second);
    // Parsed and compared as a whole: text taken from freed memory would not survive this.
    CHECK(nines::Json::parse(schema.pretty()).dump() == schema.dump());
  }
  CHECK(ids.size() == schema_texts().size());
  CHECK(ids.count("https://nines.dev/schemas/openslo-v1.slo.json") == 1);
  CHECK(ids.count("https://nines.dev/schemas/nines-v1.service.json") == 1);
}

TEST_CASE("every reference of a schema leads somewhere", "[yaml][schema]") {
  for (const auto& [name, schema] : nines::yaml::all_schemas()) {
    const std::string text = schema.dump();
    const std::string mark = "\"$ref\":\"#/definitions/";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      const auto begin = at + mark.size();
      const std::string to = text.substr(begin, text.find('"', begin) - begin);
      INFO(name << " refers to " << to);
      const nines::Json* definitions = schema.find("definitions");
      REQUIRE(definitions != nullptr);
      CHECK(definitions->find(to) != nullptr);
    }
  }
}

TEST_CASE("the sample documents are valid by their schemas", "[yaml][schema]") {
  for (const auto& sample : nines::test::kSamples) {
    INFO(sample.name);
    CHECK(problems_of(std::string(sample.text)) == "");
  }
}

TEST_CASE("a schema rejects nothing that the check accepts", "[yaml][schema]") {
  int rejected = 0;
  int errors = 0;
  for (const auto& mistake : nines::test::kMistakes) {
    const std::string text = nines::test::mutated(mistake);
    const auto reading = nines::yaml::read_definitions(text, "f.yaml");
    const bool wrong = nines::has_errors(reading.findings);
    errors += wrong ? 1 : 0;
    if (reading.findings.empty() || nines::yaml::parse(text, "f.yaml").documents.empty()) continue;
    const std::string problems = problems_of(text);
    INFO(text);
    INFO(problems);
    if (!problems.empty()) CHECK(wrong);
    rejected += problems.empty() ? 0 : 1;
  }
  // What stands between two fields, inside a text or in the layout no schema can say.
  CHECK(rejected * 2 > errors);
}

TEST_CASE("the example company is valid by the schemas", "[yaml][schema]") {
  const fs::path folder = nines::test::repository() / "examples" / "bookshop" / "slos";
  std::set<std::string> seen;
  CHECK(check_folder(folder, seen) >= 5);
  CHECK(seen.count("openslo-v1.slo") == 1);
  CHECK(seen.count("nines-v1.service") == 1);
}

TEST_CASE("real OpenSLO and Sloth documents are valid by the schemas", "[yaml][schema]") {
  std::set<std::string> seen;
  if (const auto folder = nines::test::shared_data("openslo"))
    CHECK(check_folder(*folder, seen) > 2);
  if (const auto folder = nines::test::shared_data("rules")) {
    for (const char* name : {"getting-started.in.yml", "home-wifi.in.yml"})
      CHECK(problems_of(nines::test::read_file(*folder / "sloth" / name), &seen) == "");
  }
}
