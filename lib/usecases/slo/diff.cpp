// Plans an apply without doing it, or compares two documents of one history.
#include "usecases/slo/diff.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/browse.hpp"
#include "usecases/slo/definition_set.hpp"
#include "usecases/slo/planner.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

/// "checkout@3".
struct RevisionName {
  std::string name;
  std::int64_t revision;
};

std::optional<RevisionName> revision_name(const std::string& operand) {
  const auto at = operand.rfind('@');
  if (at == std::string::npos || at == 0) return std::nullopt;
  std::int64_t number = 0;
  const auto* end = operand.data() + operand.size();
  const auto [stop, problem] = std::from_chars(operand.data() + at + 1, end, number);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  return RevisionName{operand.substr(0, at), number};
}

const nines::slo::DefinitionRecord& revision_of(const DefinitionHistory& history,
                                                std::int64_t number) {
  const nines::slo::DefinitionRecord* found = nullptr;
  for (const auto& entry : history.revisions)
    if (entry.record.name == history.name && entry.record.revision == number) found = &entry.record;
  if (found != nullptr) return *found;
  throw Error(ExitCode::not_found, fmt::format("'{}' has no revision {}", history.name, number),
              fmt::format("nines slo history {} lists them", history.name), "UNKNOWN_REVISION");
}

DiffResult between(const nines::slo::DefinitionRecord& from,
                   const nines::slo::DefinitionRecord& to) {
  DiffResult result{.findings = {},
                    .plan = {},
                    .missing = {},
                    .from = fmt::format("{}@{}", from.name, from.revision),
                    .to = fmt::format("{}@{}", to.name, to.revision)};
  auto changes = nines::slo::changes_between(from.document, to.document);
  if (changes.empty() && from.retired == to.retired) return result;
  PlannedDefinition planned{.action = to.retired ? ApplyAction::retired : ApplyAction::changed,
                            .kind = to.kind,
                            .name = to.name,
                            .path = to.path,
                            .renamed_from = {},
                            .revision = to.revision,
                            .changes = std::move(changes)};
  planned.reason_needed = nines::slo::changes_a_number(planned.changes);
  result.plan.push_back(std::move(planned));
  return result;
}

using Records = std::vector<nines::slo::DefinitionRecord>;

bool same_name(const nines::slo::DefinitionRecord& a, const nines::slo::DefinitionRecord& b) {
  return a.kind == b.kind && a.name == b.name;
}

/// What is applied, with `one` in the place of its kind and name.
Records with(Records records, const nines::slo::DefinitionRecord& one) {
  std::erase_if(records, [&](const auto& record) { return same_name(record, one); });
  if (!one.retired) records.push_back(one);
  return records;
}

DiffResult compare_revisions(const Session& session, const std::vector<RevisionName>& names,
                             bool impact) {
  const auto compare = [&](const nines::slo::DefinitionRecord& from,
                           const nines::slo::DefinitionRecord& to) {
    auto result = between(from, to);
    if (!impact) return result;
    auto others = store::definitions(session.store());
    std::erase_if(others, [&](const auto& record) { return same_name(record, from); });
    result.impact = diff_impact(session, with(others, from), with(others, to));
    return result;
  };
  const auto first = definition_history(session, names[0].name);
  const auto& from = revision_of(first, names[0].revision);
  if (names.size() == 1) return compare(from, first.revisions.back().record);
  const auto second = definition_history(session, names[1].name);
  return compare(from, revision_of(second, names[1].revision));
}

/// What would be applied once the plan was: the stored definitions with the files' over them.
Records after_applying(Records records, const DefinitionSet& set,
                       const std::vector<PlannedDefinition>& plan) {
  for (const auto& planned : plan)
    if (planned.action == ApplyAction::retired)
      std::erase_if(records, [&](const auto& record) {
        return record.kind == planned.kind && record.name == planned.name;
      });
  for (const auto& item : set.definitions) {
    nines::slo::DefinitionRecord record;
    record.kind = item.definition.kind;
    record.name = item.definition.name;
    record.api_version = item.definition.api_version;
    record.path = item.file;
    record.document = item.definition.json;
    records = with(std::move(records), record);
  }
  return records;
}

/// The files that the living definitions came from; those that are gone are reported.
std::vector<std::string> applied_files(const Session& session, const fs::path& cwd,
                                       DiffResult& result) {
  std::set<std::string> paths;
  for (const auto& record : store::definitions(session.store()))
    if (record.path != "<stdin>") paths.insert(record.path);
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code problem;
    (fs::exists(cwd / path, problem) ? files : result.missing).push_back(path);
  }
  return files;
}

}  // namespace

DiffResult diff_definitions(const Session& session, const DiffRequest& request) {
  std::vector<RevisionName> revisions;
  for (const auto& operand : request.operands)
    if (!fs::exists(request.cwd / operand))
      if (auto name = revision_name(operand)) revisions.push_back(std::move(*name));
  if (!revisions.empty()) {
    if (revisions.size() != request.operands.size() || revisions.size() > 2)
      throw Error(ExitCode::usage, "compare either files, or one or two revisions",
                  "nines slo diff checkout@1 checkout@3", "MIXED_OPERANDS");
    return compare_revisions(session, revisions, request.impact);
  }
  DiffResult result;
  result.from = "store";
  result.to = "files";
  const auto files =
      request.operands.empty() ? applied_files(session, request.cwd, result) : request.operands;
  auto set = read_definition_set(files, request.cwd, request.input, session.now(),
                                 request.calendar_program);
  result.plan = plan_definitions(set, store::definitions(session.store(), true), false);
  if (request.impact && !has_errors(set.findings)) {
    auto stored = store::definitions(session.store());
    result.impact = diff_impact(session, stored, after_applying(stored, set, result.plan));
  }
  result.findings = std::move(set.findings);
  std::erase_if(result.plan, [](const auto& planned) { return !planned.changed(); });
  return result;
}

}  // namespace nines::usecases
