// The names of an incident's enumerations.
#include "domain/incident/model.hpp"

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<Status, 6> kStatuses{
    {"triage", "declared", "mitigated", "resolved", "learning", "closed"}};
constexpr EnumNames<Mode, 4> kModes{{"standard", "retrospective", "test", "drill"}};
constexpr EnumNames<Outcome, 9> kOutcomes{{"none", "resolved", "duplicate", "false-alarm", "merged",
                                           "cancelled", "external", "declined", "superseded"}};
constexpr EnumNames<Severity, 6> kSeverities{
    {"undetermined", "SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"}};
constexpr EnumNames<EntryKind, 7> kEntryKinds{
    {"note", "observation", "action", "decision", "communication", "hypothesis", "state"}};
constexpr EnumNames<Visibility, 3> kVisibilities{{"internal", "public", "privileged"}};
constexpr EnumNames<ImpactLevel, 4> kImpactLevels{{"none", "degraded", "partial", "full"}};

}  // namespace

std::string_view to_string(Status status) { return kStatuses.of(status); }
std::string_view to_string(Mode mode) { return kModes.of(mode); }
std::string_view to_string(Outcome outcome) { return kOutcomes.of(outcome); }
std::string_view to_string(Severity severity) { return kSeverities.of(severity); }
std::string_view to_string(EntryKind kind) { return kEntryKinds.of(kind); }
std::string_view to_string(Visibility visibility) { return kVisibilities.of(visibility); }
std::string_view to_string(ImpactLevel level) { return kImpactLevels.of(level); }

std::optional<Status> status_from(std::string_view text) { return kStatuses.find(text); }
std::optional<Mode> mode_from(std::string_view text) { return kModes.find(text); }
std::optional<Outcome> outcome_from(std::string_view text) { return kOutcomes.find(text); }
std::optional<EntryKind> entry_kind_from(std::string_view text) { return kEntryKinds.find(text); }
std::optional<Visibility> visibility_from(std::string_view text) {
  return kVisibilities.find(text);
}
std::optional<ImpactLevel> impact_level_from(std::string_view text) {
  return kImpactLevels.find(text);
}

std::optional<Severity> severity_from(std::string_view text) {
  auto word = to_lower_ascii(text);
  if (word == "undetermined" || word == "unknown") return Severity::undetermined;
  if (word.starts_with("sev")) word.erase(0, 3);
  if (word.starts_with("-")) word.erase(0, 1);
  if (word.size() != 1 || word[0] < '1' || word[0] > '5') return std::nullopt;
  return static_cast<Severity>(word[0] - '0');
}

}  // namespace nines::incident
