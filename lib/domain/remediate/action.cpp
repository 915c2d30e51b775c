// Names, days and fields of actions.
#include "domain/remediate/action.hpp"

#include "base/day.hpp"
#include "base/decimal.hpp"
#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<ActionType, 4> kTypes{{"", "preventive", "detective", "corrective"}};
constexpr EnumNames<ActionState, 5> kStates{
    {"open", "in-progress", "done", "not-doing", "superseded"}};

/// The words of a list with commas between.
std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  for (const auto part : split(list, ','))
    if (const auto word = trim(part); !word.empty()) words.emplace_back(word);
  return words;
}

}  // namespace

std::string_view to_string(ActionType type) { return kTypes.of(type); }
std::string_view to_string(ActionState state) { return kStates.of(state); }
std::optional<ActionType> action_type_from(std::string_view text) { return kTypes.find(text); }
std::optional<ActionState> action_state_from(std::string_view text) { return kStates.find(text); }

std::vector<std::string_view> action_type_names() {
  return {"preventive", "detective", "corrective"};
}
std::vector<std::string_view> action_state_names() {
  return {"open", "in-progress", "done", "not-doing", "superseded"};
}

std::vector<std::string_view> action_fields() {
  return {field::kTitle,    field::kType,   field::kTeam,    field::kOwner,  field::kServices,
          field::kDoneWhen, field::kDue,    field::kTracker, field::kEffort, field::kMust,
          field::kFactor,   field::kAverts, field::kWorks,   field::kPaths, field::kNeeds};
}

const std::string& Action::text(std::string_view field) const {
  static const std::string kNothing;
  const auto found = fields.find(field);
  return found == fields.end() ? kNothing : found->second;
}

ActionType Action::type() const {
  return action_type_from(text(field::kType)).value_or(ActionType::none);
}

std::vector<std::string> Action::services() const { return words_of(text(field::kServices)); }
std::vector<std::string> Action::paths() const { return words_of(text(field::kPaths)); }
std::vector<std::string> Action::needs() const { return words_of(text(field::kNeeds)); }

std::optional<double> Action::effort_days() const {
  const auto days = Decimal::parse(text(field::kEffort));
  if (!days) return std::nullopt;
  return days->to_double();
}

std::optional<Day> Action::due() const { return parse_day(text(field::kDue)); }

bool Action::overdue(Instant now) const {
  const auto day = due();
  return !closed() && day && now >= Instant{*day + std::chrono::days{1}};
}

Day default_due(incident::Severity severity, Instant from) {
  const auto day = std::chrono::floor<std::chrono::days>(from);
  switch (severity) {
    case incident::Severity::sev1:
      return day + std::chrono::days{15};
    case incident::Severity::sev2:
      return day + std::chrono::days{30};
    default:
      return day + std::chrono::days{90};
  }
}

}  // namespace nines::remediate
