// The same reading, cross checks and suppressions as `slo check`, keeping the documents.
#include "usecases/slo/definition_set.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "usecases/slo/cross_check.hpp"
#include "usecases/slo/definition_files.hpp"
#include "usecases/slo/definition_reading.hpp"
#include "usecases/slo/suppress.hpp"

namespace nines::usecases {
namespace {

/// References may also lead to what is applied already, so the planner looks at them.
bool is_about_references(const Finding& finding) {
  return finding.code == "REF_UNRESOLVED" || finding.code == "SERVICE_UNKNOWN" ||
         finding.code == "REF_UNUSED";
}

void check_across(DefinitionSet& set) {
  std::vector<const yaml::Definition*> all;
  for (const auto& item : set.definitions) all.push_back(&item.definition);
  for (auto& finding : cross_check(all, {}))
    if (!is_about_references(finding)) set.findings.push_back(std::move(finding));
}

}  // namespace

DefinitionSet read_definition_set(const std::vector<std::string>& names,
                                  const std::filesystem::path& cwd,
                                  const std::optional<std::string>& input, Instant now,
                                  const std::filesystem::path& calendar_program) {
  DefinitionSet set;
  std::vector<yaml::Suppression> suppressions;
  const std::size_t limit = yaml::Limits{}.bytes;
  for (const auto& file : find_definition_files(names, cwd)) {
    if (file.path.empty() && !input)
      throw Error(ExitCode::usage, "'-' needs definitions on standard input",
                  "give files or folders", "NO_INPUT");
    const auto text = file.path.empty() ? input->substr(0, limit + 1) : read_file(file.path, limit);
    if (is_other_json(file, text)) continue;
    auto reading =
        read_definition_text(text, file.name, calendar_files(file, cwd, calendar_program, now));
    for (auto& definition : reading.definitions)
      if (definition.recorded) set.definitions.push_back({std::move(definition), file.name});
    std::move(reading.findings.begin(), reading.findings.end(), std::back_inserter(set.findings));
    std::move(reading.suppressions.begin(), reading.suppressions.end(),
              std::back_inserter(suppressions));
    set.files.push_back(file.name);
  }
  check_across(set);
  suppress(set.findings, suppressions, std::chrono::floor<std::chrono::days>(now));
  return set;
}

}  // namespace nines::usecases
