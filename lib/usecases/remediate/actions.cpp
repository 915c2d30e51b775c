// One event per thing that is said of an action.
#include "usecases/remediate/actions.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/remediate/plan.hpp"
#include "store/actions.hpp"
#include "store/factors.hpp"
#include "store/hypotheses.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/remediate/action_defaults.hpp"
#include "usecases/remediate/code_owners.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::Action;
using nines::remediate::ActionState;

Error bad_field(std::string_view name, const std::string& value, const std::string& wanted) {
  return Error(ExitCode::usage, fmt::format("'{}' is no {}", value, name), wanted, "BAD_VALUE");
}

/// The value as it is kept.
std::string checked(std::string_view name, const std::string& value) {
  if (value.empty() && name != field::kTitle) return value;
  const auto text = one_line(value, std::string(name));
  if (name == field::kType && !nines::remediate::action_type_from(text))
    throw bad_field(name, text, "preventive, detective or corrective");
  if (name == field::kDue && !parse_day(text))
    throw bad_field("due date", text, "write YYYY-MM-DD, such as 2026-12-24");
  if (name == field::kEffort) {
    const auto days = Decimal::parse(text);
    if (!days || days->to_double() <= 0 || days->to_double() > 10'000)
      throw bad_field(name, text, "days of one person, such as 0.5 or 3");
  }
  if (name == field::kAverts && !nines::remediate::parse_estimate(text))
    throw bad_field("number of bad minutes", text, "60, or low,likely,high: 20,60,120");
  if (name == field::kWorks) {
    const auto percent = Decimal::parse(text);
    if (!percent || percent->to_double() <= 0 || percent->to_double() > 100)
      throw bad_field("percentage", text, "how likely it is to work, such as 80");
  }
  return text;
}

/// The actions by their own names. Throws Error{not_found}, usage for one that needs itself.
void check_needs(const Session& session, ActionFields& fields, const Uid& action) {
  const auto given = fields.find(field::kNeeds);
  if (given == fields.end() || given->second.empty()) return;
  std::vector<std::string> names;
  for (const auto part : split(given->second, ',')) {
    const auto found = store::get_action(session.store(), trim(part));
    if (found.uid == action)
      throw Error(ExitCode::usage, "'" + found.name + "' cannot need itself",
                  "name what must be done before it", "BAD_VALUE");
    names.push_back(found.name);
  }
  given->second = join(names, ",");
}

ActionFields checked(const ActionFields& fields) {
  ActionFields kept;
  for (const auto& [name, value] : fields) kept.emplace(name, checked(name, value));
  return kept;
}

ActionView viewed(const Session& session, Action action, std::vector<Action> all) {
  ActionView view;
  if (action.incident) view.incident = store::find_incident(session.store(), *action.incident);
  view.weaknesses = nines::remediate::weaknesses(action);
  view.owned_by_others = owned_by_others(session, action, load_catalogue(session));
  if (const auto& team = action.text(field::kTeam); !team.empty())
    view.history = nines::remediate::closing_history(all, team, session.now());
  view.action = std::move(action);
  return view;
}

/// The factor by its own name, and whether it wants to be told.
struct Factor {
  nines::rca::Hypothesis hypothesis;
  bool unanswered = false;
};

std::optional<Factor> factor_of(const Session& session, ActionFields& fields) {
  const auto named = fields.find(field::kFactor);
  if (named == fields.end() || named->second.empty()) return std::nullopt;
  // A factor of a postmortem needs no telling: it is asked which action names it.
  if (starts_with_ignoring_case(named->second, "fac-")) {
    named->second = store::get_factor(session.store(), named->second).name;
    return std::nullopt;
  }
  Factor factor{store::get_hypothesis(session.store(), named->second)};
  factor.unanswered = factor.hypothesis.action.empty();
  named->second = factor.hypothesis.name;
  return factor;
}

}  // namespace

std::map<std::string, std::string> owned_by_others(const Session& session, const Action& action,
                                                   const Catalogue& catalogue) {
  std::map<std::string, std::string> others;
  const auto& team = action.text(field::kTeam);
  if (team.empty()) return others;
  for (const auto& name : action.services()) {
    const auto service = catalogue.services.find(name);
    if (service == catalogue.services.end() || service->second.owner.empty()) continue;
    if (service->second.owner != team) others.emplace(name, service->second.owner);
  }
  for (const auto& [path, owner] : code_owners(session, action.paths()))
    if (owner != team) others.emplace(path, owner);
  return others;
}

ActionView add_action(Session& session, const ActionRequest& request, bool dry_run) {
  auto fields = checked(request.fields);
  const auto factor = factor_of(session, fields);
  std::optional<incident::Incident> about;
  if (request.incident) about = choose_incident(session, request.incident);
  std::erase_if(fields, [](const auto& one) { return one.second.empty(); });
  if (!fields.contains(field::kTitle))
    throw Error(ExitCode::usage, "the action is missing",
                "nines remediate add \"limit the pool per tenant\" --incident INC-4",
                "MISSING_ARGUMENT");
  Action action;
  action.uid = make_uid(session);
  check_needs(session, fields, action.uid);
  action.fields = std::move(fields);
  action.by = session.options().actor;
  action.at = session.now();
  if (about) action.incident = about->uid;
  fill_gaps(session, action, about, load_catalogue(session));
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    const auto number = store::take_number(session.store().db(), "ACT");
    action.name = "ACT-" + std::to_string(number);
    tx.append(store::action_added(action, number));
    if (factor && factor->unanswered)
      tx.append(store::hypothesis_field_set(factor->hypothesis.uid, "action", "", action.name,
                                            session.now()));
    tx.commit();
  }
  auto all = store::actions(session.store());
  if (dry_run) all.push_back(action);
  return viewed(session, std::move(action), std::move(all));
}

ActionView set_action(Session& session, const ActionChange& change, bool dry_run) {
  auto action = store::get_action(session.store(), change.action);
  if (!change.state && change.fields.empty())
    throw Error(ExitCode::usage, "nothing to set",
                "nines remediate set " + action.name + " --state done --because TEXT",
                "MISSING_ARGUMENT");
  const bool needs_reason =
      change.state == ActionState::not_doing || change.state == ActionState::superseded;
  if (needs_reason && change.because.empty())
    throw Error(ExitCode::usage, fmt::format("'{}' needs its reason", to_string(*change.state)),
                "add --because TEXT: it is what people read instead of the action",
                "MISSING_ARGUMENT");
  auto fields = checked(change.fields);
  factor_of(session, fields);
  check_needs(session, fields, action.uid);
  std::vector<log::NewEvent> events;
  for (const auto& [name, value] : fields) {
    const auto before = action.text(name);
    if (before == value) continue;
    events.push_back(store::action_field_set(action.uid, name, before, value, session.now()));
    if (value.empty())
      action.fields.erase(name);
    else
      action.fields.insert_or_assign(name, value);
  }
  if (change.state && (*change.state != action.state || change.because != action.because)) {
    events.push_back(store::action_state_set(action.uid, action.state, *change.state,
                                             change.because, session.now()));
    action.state = *change.state;
    action.because = change.because;
    if (action.closed())
      action.closed_at = session.now();
    else
      action.closed_at.reset();
  }
  if (!dry_run && !events.empty()) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (const auto& event : events) tx.append(event);
    tx.commit();
  }
  return viewed(session, std::move(action), store::actions(session.store()));
}

ActionView show_action(const Session& session, const std::string& name) {
  return viewed(session, store::get_action(session.store(), name), store::actions(session.store()));
}

std::vector<ListedAction> list_actions(const Session& session, const ActionQuery& query) {
  std::optional<Uid> about;
  if (query.incident) about = choose_incident(session, query.incident).uid;
  std::map<Uid, std::string> names;
  std::vector<ListedAction> listed;
  for (auto& action : store::actions(session.store(), about)) {
    const bool wanted =
        query.all || (query.states.empty() ? !action.closed()
                                           : std::find(query.states.begin(), query.states.end(),
                                                       action.state) != query.states.end());
    if (!wanted || (query.overdue && !action.overdue(session.now()))) continue;
    if (query.team && action.text(field::kTeam) != *query.team) continue;
    const auto services = action.services();
    if (query.service &&
        std::find(services.begin(), services.end(), *query.service) == services.end())
      continue;
    ListedAction row{std::move(action), {}};
    if (row.action.incident) {
      auto& name = names[*row.action.incident];
      if (name.empty())
        if (const auto found = store::find_incident(session.store(), *row.action.incident))
          name = found->name;
      row.incident = name;
    }
    listed.push_back(std::move(row));
  }
  const auto order = [](const ListedAction& row) {
    const auto due = row.action.due();
    return std::tuple(row.action.closed(), row.action.text(field::kMust).empty(), !due,
                      due.value_or(Day{}));
  };
  std::stable_sort(listed.begin(), listed.end(), [&](const ListedAction& a, const ListedAction& b) {
    return order(a) < order(b);
  });
  return listed;
}

}  // namespace nines::usecases
