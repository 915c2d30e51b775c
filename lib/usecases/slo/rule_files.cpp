// Definition files as a generator of rules reads them: each document by who has to accept it.
#include "usecases/slo/rule_files.hpp"

#include <algorithm>
#include <set>

#include "base/read_file.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/definition_reading.hpp"

namespace nines::usecases {

namespace {

/// Who has to accept a document: OpenSLO v1alpha is what Sloth reads of it, OpenSLO v1 its text;
/// everything else, Sloth's own dialects too, is held to every rule.
yaml::Profile profile_for(const yaml::Definition& definition) {
  if (definition.api_version == "openslo/v1alpha") return yaml::Profile::sloth;
  return definition.api_version.starts_with("openslo") ? yaml::Profile::spec
                                                       : yaml::Profile::strict;
}

/// Sloth passes over keys it does not know, and what they say is lost: never here.
bool is_lost_key(const Finding& finding) {
  return finding.code == "UNKNOWN_FIELD" || finding.code == "FIELD_CASE" ||
         finding.code == "WRONG_DIALECT_KEY";
}

/// Puts what `profile` says about its documents in place of what the strict reading said.
void read_again(yaml::Reading& reading, const std::string& text, const std::string& name,
                yaml::ReadOptions options, yaml::Profile profile) {
  std::set<int> ours;
  for (const auto& definition : reading.definitions) {
    if (profile_for(definition) == profile) ours.insert(definition.where.document);
  }
  if (ours.empty()) return;
  options.profile = profile;
  auto again = yaml::read_definitions(text, name, options);
  const auto is_ours = [&](const Finding& finding) { return ours.count(finding.document) != 0; };
  std::erase_if(reading.findings, is_ours);
  std::set<int> broken;
  for (Finding& finding : again.findings) {
    if (!is_ours(finding)) continue;
    if (is_lost_key(finding)) finding.severity = Severity::error;
    if (finding.severity == Severity::error) broken.insert(finding.document);
    reading.findings.push_back(std::move(finding));
  }
  for (std::size_t i = 0; i < reading.definitions.size(); ++i) {
    const int document = reading.definitions[i].where.document;
    if (ours.count(document) == 0) continue;
    reading.definitions[i] = std::move(again.definitions[i]);
    if (broken.count(document) != 0) reading.definitions[i].valid = false;
  }
}

yaml::Reading read_text(const std::string& text, const std::string& name) {
  yaml::ReadOptions options;
  options.keep_json = false;
  auto reading = yaml::read_definitions(text, name, options);
  read_again(reading, text, name, options, yaml::Profile::sloth);
  read_again(reading, text, name, options, yaml::Profile::spec);
  return reading;
}

}  // namespace

std::vector<RuleFile> read_rule_files(const std::vector<std::string>& paths,
                                      const std::filesystem::path& cwd, const std::string& input) {
  std::vector<RuleFile> files;
  const std::size_t limit = yaml::Limits{}.bytes;
  for (const auto& file : find_definition_files(paths, cwd)) {
    RuleFile read;
    read.name = file.name;
    read.text = file.path.empty() ? input.substr(0, limit + 1) : read_file(file.path, limit);
    if (is_other_json(file, read.text)) continue;
    read.reading = read_text(read.text, file.name);
    files.push_back(std::move(read));
  }
  return files;
}

}  // namespace nines::usecases
