// What an action item is: a piece of work that makes an incident less likely, shorter or smaller.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/model.hpp"

namespace nines::remediate {

/// What it changes about the next incident of the kind.
enum class ActionType : std::uint8_t {
  none,        ///< not said yet
  preventive,  ///< it comes less often
  detective,   ///< it is seen earlier
  corrective   ///< it is over sooner, or hurts less
};

enum class ActionState : std::uint8_t {
  open,
  in_progress,
  done,
  not_doing,  ///< with the reason: a decision, not a silence
  superseded  ///< another action takes its place
};

std::string_view to_string(ActionType type);    ///< "preventive"; "" for none
std::string_view to_string(ActionState state);  ///< "in-progress"
std::optional<ActionType> action_type_from(std::string_view text);
std::optional<ActionState> action_state_from(std::string_view text);
std::vector<std::string_view> action_type_names();  ///< without the empty one
std::vector<std::string_view> action_state_names();

/// Names of the fields that people set one by one; each is text in the log.
namespace field {
inline constexpr std::string_view kTitle = "title";
inline constexpr std::string_view kType = "type";
inline constexpr std::string_view kTeam = "team";
inline constexpr std::string_view kOwner = "owner";
inline constexpr std::string_view kServices = "services";  ///< with commas between
inline constexpr std::string_view kDoneWhen = "done-when";
inline constexpr std::string_view kDue = "due";  ///< "2026-12-24"
inline constexpr std::string_view kTracker = "tracker";
inline constexpr std::string_view kMust = "must";
inline constexpr std::string_view kEffort = "effort";  ///< days of one person, "2.5"
inline constexpr std::string_view kFactor = "factor";
inline constexpr std::string_view kAverts = "averts";  ///< bad minutes a year, "20,60,120" or "60"
inline constexpr std::string_view kWorks = "works";    ///< P(it works) in percent, "80"
inline constexpr std::string_view kPaths = "paths";    ///< files it changes, with commas between
inline constexpr std::string_view kNeeds = "needs";    ///< actions that must be done too
}  // namespace field

/// All of them, in the order they are shown.
std::vector<std::string_view> action_fields();

struct Action {
  Uid uid;
  std::string name;  ///< "ACT-3"
  std::optional<Uid> incident;
  ActionState state = ActionState::open;
  std::string because;  ///< reason of the state; empty while open
  std::map<std::string, std::string, std::less<>> fields;  ///< those that were set and not emptied
  std::string by;                                          ///< who added it
  Instant at;                                              ///< when it was added
  std::optional<Instant> closed_at;  ///< when it was done, dropped or superseded

  /// The text of a field; empty when it was never set.
  const std::string& text(std::string_view field) const;
  ActionType type() const;
  std::vector<std::string> services() const;
  std::vector<std::string> paths() const;
  std::vector<std::string> needs() const;  ///< names of actions
  std::optional<Day> due() const;
  std::optional<double> effort_days() const;
  bool closed() const { return state >= ActionState::done; }
  /// Not closed, and its day is over; `now` is in UTC, as due days are.
  bool overdue(Instant now) const;
};

/// The day an action of an incident is due where nobody says another: 15 days after `from` for the
/// highest severity, 30 for the second, 90 for the others. The first two are PagerDuty's published
/// rule; the last is ours, a quarter.
Day default_due(incident::Severity severity, Instant from);

/// What makes an action hard to finish, or to tell finished; never a reason to refuse it.
struct Weakness {
  std::string_view code;  ///< "WEAK_VERB", "NO_DONE_CONDITION", ...
  std::string what;       ///< "'investigate' has no end"
  std::string question;   ///< what to ask instead
};
std::vector<Weakness> weaknesses(const Action& action);

}  // namespace nines::remediate
