// Factors joined to actions and owners of services.
#include "usecases/report/accountability.hpp"

#include <algorithm>
#include <set>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/postmortem/document.hpp"
#include "store/actions.hpp"
#include "store/drills.hpp"
#include "store/incidents.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using nines::remediate::Action;

std::string owner_of_action(const Action& action) {
  const auto& owner = action.text(field::kOwner);
  return owner.empty() ? action.text(field::kTeam) : owner;
}

/// The action that answers the factor: by the action's own word, or by the factor's.
const Action* answer_to(const ContributingFactor& factor, const std::vector<Action>& actions) {
  for (const auto& action : actions)
    if (action.text(field::kFactor) == factor.name || action.name == factor.action) return &action;
  return nullptr;
}

std::vector<std::string> services_named(const std::string& text,
                                        const std::vector<std::string>& services) {
  std::vector<std::string> named;
  for (const auto& service : services)
    if (text.find(service) != std::string::npos) named.push_back(service);
  return named.empty() ? services : named;
}

std::vector<Owned> owned_by(const Session& session, const incident::Incident& about) {
  const auto catalogue = load_catalogue(session);
  const auto actions = store::actions(session.store(), about.uid);
  std::vector<Owned> all;
  for (auto& factor : contributing_factors(session, about.uid)) {
    Owned one;
    one.services = services_named(factor.text, about.services);
    std::set<std::string> owners;
    for (const auto& service : one.services)
      if (const auto found = catalogue.services.find(service);
          found != catalogue.services.end() && !found->second.owner.empty())
        owners.insert(found->second.owner);
    one.owners.assign(owners.begin(), owners.end());
    if (const auto* action = answer_to(factor, actions)) {
      one.action = action->name;
      one.title = action->text(field::kTitle);
      if (const auto day = action->due()) one.due = format_day(*day);
      one.state = std::string(to_string(action->state));
      if (const auto& team = action->text(field::kTeam); !team.empty()) one.owners = {team};
    } else {
      one.title = factor.action;
    }
    one.factor = std::move(factor);
    all.push_back(std::move(one));
  }
  return all;
}

std::string answer_text(const incident::Incident& about, const std::vector<Owned>& owned) {
  if (owned.empty())
    return "The conditions of " + about.name +
           " are not on record yet; a name would not tell what to change.";
  const auto without =
      static_cast<std::size_t>(std::count_if(owned.begin(), owned.end(), [](const Owned& one) {
        return one.action.empty() && one.title.empty();
      }));
  const bool one = owned.size() == 1;
  auto text =
      one ? "Nobody alone: " + about.name +
                " rests on one condition that is on record, and it lies in a system, not in "
                "a person."
          : "Nobody alone: " + about.name + " needed " + std::to_string(owned.size()) +
                " conditions at once, and each lies in a system, not in a person.";
  if (without > 0)
    text += one || without == owned.size()
                ? " No change is decided yet."
                : " No change is decided yet for " + std::to_string(without) + " of them.";
  return text;
}

}  // namespace

Accountability accountability(const Session& session, const std::optional<std::string>& incident) {
  Accountability result{incident_of_postmortem(session, incident), {}, {}, {}};
  result.owned = owned_by(session, result.incident);
  if (const auto one = store::find_postmortem(session.store(), result.incident.uid))
    result.requests = one->requests;
  result.answer = answer_text(result.incident, result.owned);
  return result;
}

Accountability answer_blame(Session& session, const BlameAsked& asked, bool dry_run) {
  const auto view = show_postmortem(session, asked.incident);
  auto result = accountability(session, view.incident.name);
  postmortem::BlameRequest request{one_line(asked.by, "name of who asked"),
                                   one_line(asked.text, "question"), result.answer,
                                   session.options().actor, session.now()};
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    tx.append(store::blame_asked(view.postmortem.uid, request));
    tx.commit();
  }
  result.requests.push_back(std::move(request));
  return result;
}

ExecutivePage executive_page(const Session& session, const std::optional<std::string>& incident) {
  ExecutivePage page{incident_of_postmortem(session, incident), {}, {}, {}, {}};
  const auto& about = page.incident;
  if (const auto one = store::find_postmortem(session.store(), about.uid)) {
    auto prose = postmortem::prose_of(one->text, postmortem::Part::summary);
    std::replace(prose.begin(), prose.end(), '\n', ' ');
    page.summary = std::move(prose);
  }
  const auto owned = owned_by(session, about);
  const auto all = contributing_factors(session);
  for (const auto& one : owned) {
    for (const auto& other : all) {
      if (other.incident == about.uid) continue;
      const bool same = (!one.factor.rule.empty() && other.rule == one.factor.rule) ||
                        other.text == one.factor.text;
      if (!same) continue;
      if (const auto where = store::find_incident(session.store(), other.incident))
        page.elsewhere.push_back(
            {one.factor.text, where->name + " of " +
                                  (where->services.empty() ? std::string("no named service")
                                                           : join(where->services, ", ")) +
                                  ", " + format_utc(where->opened_at).substr(0, 10)});
    }
    if (one.factor.rule != "never-drilled") continue;
    std::set<std::string> drilled;
    for (const auto& drill : store::drills(session.store()))
      drilled.insert(drill.scenario.services.begin(), drill.scenario.services.end());
    for (const auto& [name, service] : load_catalogue(session).services)
      if (!drilled.contains(name) &&
          std::find(about.services.begin(), about.services.end(), name) == about.services.end())
        page.elsewhere.push_back({one.factor.text, name + ": not drilled either"});
  }
  for (const auto& one : owned)
    if (one.action.empty() && one.title.empty())
      page.decisions.push_back(
          {"fund a change, or accept the risk: " + one.factor.text,
           one.owners.size() > 1 ? "it lies between " + join(one.owners, " and ")
           : one.owners.empty()  ? "no team owns it"
                                 : one.owners.front() + " has no action for it"});
  const auto catalogue = load_catalogue(session);
  for (const auto& action : store::actions(session.store(), about.uid)) {
    if (action.closed()) continue;
    const auto owner = owner_of_action(action);
    const auto day = action.due();
    const auto title = action.text(field::kTitle);
    std::set<std::string> others;
    for (const auto& service : action.services())
      if (const auto found = catalogue.services.find(service);
          found != catalogue.services.end() && !found->second.owner.empty() &&
          found->second.owner != action.text(field::kTeam))
        others.insert(found->second.owner);
    if (owner.empty())
      page.decisions.push_back({"say who does " + action.name + ": " + title, "nobody owns it"});
    else if (!others.empty())
      page.decisions.push_back(
          {"give " + owner + " a hand in the systems of " +
               join(std::vector<std::string>(others.begin(), others.end()), ", ") + " for " +
               action.name + ": " + title,
           "its owner cannot change them alone"});
    if (owner.empty() || !day) continue;
    page.dated.push_back(
        {action.name, title, owner, format_day(*day), action.overdue(session.now())});
  }
  std::stable_sort(page.dated.begin(), page.dated.end(),
                   [](const auto& a, const auto& b) { return a.due < b.due; });
  return page;
}

}  // namespace nines::usecases
