// Compares each issue with the action of its reference; adds what is not there.
#include "usecases/remediate/tracker.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/enum_names.hpp"
#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/remediate/plan.hpp"
#include "ingest/tracker.hpp"
#include "store/actions.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/remediate/action_defaults.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using ingest::IssueState;
using ingest::TrackerIssue;
using nines::remediate::Action;
using nines::remediate::ActionState;

constexpr EnumNames<TrackedOutcome, 5> kTrackedOutcomes{
    {"added", "same", "differs", "taken over", "skipped"}};

ActionState state_of(IssueState state) {
  constexpr std::array kStates{ActionState::open, ActionState::in_progress, ActionState::done,
                               ActionState::not_doing};
  return kStates[static_cast<std::size_t>(state)];
}

/// Trackers that know only open and closed say nothing against "in progress" or "superseded".
bool states_agree(ActionState here, const TrackerIssue& there) {
  if (here == state_of(there.state)) return true;
  if (there.state == IssueState::open) return here == ActionState::in_progress;
  if (there.state == IssueState::not_doing) return here == ActionState::superseded;
  return there.state == IssueState::done && there.state_there == "[x]" &&
         here != ActionState::open && here != ActionState::in_progress;
}

std::vector<Drift> drift_of(const Action& action, const TrackerIssue& issue) {
  std::vector<Drift> found;
  if (!states_agree(action.state, issue))
    found.push_back({"state", std::string(to_string(action.state)),
                     std::string(to_string(state_of(issue.state)))});
  const auto differs = [&](std::string_view name, const std::string& there) {
    if (!there.empty() && action.text(name) != there)
      found.push_back({std::string(name), action.text(name), there});
  };
  differs(field::kTitle, issue.title);
  differs(field::kOwner, issue.owner);
  differs(field::kDue, issue.due ? format_day(*issue.due) : "");
  return found;
}

std::optional<Action> action_of(const store::Store& store, const TrackerIssue& issue) {
  if (auto found = store::action_tracked_as(store, issue.reference)) return found;
  if (issue.action.empty()) return std::nullopt;
  const auto numbered = store::find_numbered(store.db(), "ACT", issue.action);
  return numbered.size() == 1 ? store::find_action(store, numbered.front().uid) : std::nullopt;
}

void put(Action& action, std::string_view name, const std::string& value) {
  if (!value.empty()) action.fields.insert_or_assign(std::string(name), value);
}

/// What the issue says, then what the person said for all, then what the record knows.
Action action_from(Session& session, const TrackerIssue& issue, const TrackerImport& request,
                   const std::optional<incident::Incident>& about, const Catalogue& catalogue) {
  Action action;
  action.uid = make_uid(session);
  action.by = session.options().actor;
  action.at = session.now();
  for (const auto& [name, value] : request.fields) put(action, name, value);
  put(action, field::kTitle, issue.title);
  put(action, field::kTracker, issue.reference);
  put(action, field::kOwner, issue.owner);
  put(action, field::kTeam, issue.team);
  put(action, field::kServices, issue.services);
  put(action, field::kDoneWhen, issue.done_when);
  if (nines::remediate::action_type_from(issue.type)) put(action, field::kType, issue.type);
  if (const auto effort = Decimal::parse(issue.effort);
      effort && effort->to_double() > 0 && effort->to_double() <= 10'000)
    put(action, field::kEffort, issue.effort);
  if (issue.due) put(action, field::kDue, format_day(*issue.due));
  if (about) action.incident = about->uid;
  fill_gaps(session, action, about, catalogue);
  return action;
}

std::string reason_there(const TrackerIssue& issue) {
  const auto words = issue.because.empty() ? issue.state_there : issue.because;
  return issue.reference + ": " + words;
}

class Import {
 public:
  Import(Session& session, const TrackerImport& request, bool dry_run)
      : session_(session), request_(request), dry_run_(dry_run), catalogue_(load_catalogue(session)) {
    if (request.incident) about_ = choose_incident(session, request.incident);
  }

  TrackedIssue take(const TrackerIssue& issue) {
    TrackedIssue result{issue.reference, {},
                        issue.title,     issue.state_there,
                        {},              TrackedOutcome::same,
                        {}};
    auto known = action_of(session_.store(), issue);
    if (!known) return add(issue, std::move(result));
    result.action = known->name;
    result.state_here = to_string(known->state);
    result.drift = drift_of(*known, issue);
    if (result.drift.empty()) return result;
    result.outcome = request_.take ? TrackedOutcome::taken : TrackedOutcome::drifted;
    if (request_.take) follow(*known, issue, result.drift);
    return result;
  }

  void commit() {
    if (dry_run_ || (events_.empty() && added_.empty())) return;
    const auto& options = session_.options();
    store::Transaction tx(session_.store(), options.actor, options.command, options.because);
    for (auto& [action, issue] : added_) {
      const auto number = store::take_number(session_.store().db(), "ACT");
      action.name = "ACT-" + std::to_string(number);
      tx.append(store::action_added(action, number));
      if (const auto state = state_of(issue.state); state != ActionState::open)
        tx.append(store::action_state_set(action.uid, ActionState::open, state,
                                          reason_there(issue), action.at));
    }
    for (const auto& event : events_) tx.append(event);
    tx.commit();
  }

  /// Names that `commit` gave, in the order of what was added.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [action, issue] : added_) names.push_back(action.name);
    return names;
  }

 private:
  TrackedIssue add(const TrackerIssue& issue, TrackedIssue result) {
    const bool over = issue.state == IssueState::done || issue.state == IssueState::not_doing;
    if (over && !request_.closed) {
      result.outcome = TrackedOutcome::skipped;
      return result;
    }
    result.outcome = TrackedOutcome::added;
    result.state_here = to_string(state_of(issue.state));
    added_.emplace_back(action_from(session_, issue, request_, about_, catalogue_), issue);
    return result;
  }

  void follow(const Action& action, const TrackerIssue& issue, const std::vector<Drift>& drift) {
    const auto now = session_.now();
    for (const auto& one : drift) {
      if (one.field == "state")
        events_.push_back(store::action_state_set(action.uid, action.state, state_of(issue.state),
                                                  reason_there(issue), now));
      else
        events_.push_back(
            store::action_field_set(action.uid, one.field, one.here, one.there, now));
    }
  }

  Session& session_;
  const TrackerImport& request_;
  bool dry_run_;
  Catalogue catalogue_;
  std::optional<incident::Incident> about_;
  std::vector<std::pair<Action, TrackerIssue>> added_;
  std::vector<log::NewEvent> events_;
};

/// A text within a line of Markdown: nothing in it begins a link, emphasis, code or HTML.
std::string in_markdown(std::string_view text) {
  std::string out;
  for (const char c : escape_controls(text)) {
    if (std::string_view("\\`*_[]<>&|~").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string_view to_string(TrackedOutcome outcome) { return kTrackedOutcomes.of(outcome); }
std::vector<std::string_view> tracker_formats() { return ingest::tracker_format_names(); }

TrackedIssues import_issues(Session& session, std::istream& in, const TrackerImport& request,
                            bool dry_run) {
  const auto text = read_stream(in, ingest::kMostTrackerBytes);
  if (text.size() > ingest::kMostTrackerBytes)
    throw Error(ExitCode::bad_data, "'" + request.name + "' is larger than 64 MiB", "split it",
                "TOO_LARGE");
  const auto stated = request.format ? ingest::tracker_format_from(*request.format) : std::nullopt;
  const auto format = stated.value_or(ingest::sniff_tracker(text));
  auto read = ingest::read_tracker(text, request.name, format, request.repository);
  TrackedIssues result{std::string(to_string(format)), {}, std::move(read.remarks)};
  Import import(session, request, dry_run);
  for (const auto& issue : read.issues) {
    if (!request.only.empty() && std::find(request.only.begin(), request.only.end(),
                                           issue.reference) == request.only.end())
      continue;
    result.issues.push_back(import.take(issue));
  }
  import.commit();
  std::size_t next = 0;
  const auto names = import.names();
  for (auto& one : result.issues)
    if (one.outcome == TrackedOutcome::added && next < names.size()) one.action = names[next++];
  return result;
}

std::string task_list(const std::vector<ListedAction>& actions) {
  std::string text;
  for (const auto& listed : actions) {
    const auto& action = listed.action;  // a lambda names it
    const auto& incident = listed.incident;
    std::vector<std::string> notes;
    const auto note = [&](std::string_view name, const char* word) {
      if (!action.text(name).empty()) notes.push_back(word + in_markdown(action.text(name)));
    };
    if (action.state != ActionState::open && action.state != ActionState::done)
      notes.push_back(std::string(to_string(action.state)));
    note(field::kTeam, "team ");
    note(field::kOwner, "owner ");
    note(field::kDue, "due ");
    note(field::kTracker, "");
    if (!incident.empty()) notes.push_back(incident);
    text += fmt::format("- [{}] {}: {}\n", action.closed() ? 'x' : ' ', action.name,
                        in_markdown(action.text(field::kTitle)));
    if (!notes.empty()) text += "  " + join(notes, ", ") + "\n";
    if (!action.text(field::kDoneWhen).empty())
      text += "  done when: " + in_markdown(action.text(field::kDoneWhen)) + "\n";
  }
  return text;
}

}  // namespace nines::usecases
