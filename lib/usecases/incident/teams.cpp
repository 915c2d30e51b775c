// Asks to teams through the one shape that all asks have.
#include "usecases/incident/teams.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/bad_events.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/paging/asks.hpp"

namespace nines::usecases {
namespace {

using incident::Ask;
using incident::AskKind;

/// What a dependency is hurt by an incident counts while the services that were named are hurt.
std::vector<incident::ImpactSpan> spans_for(const std::vector<incident::ImpactSpan>& all,
                                            const std::string& service) {
  std::vector<incident::ImpactSpan> own;
  for (const auto& span : all)
    if (span.service == service) own.push_back(span);
  return own.empty() ? all : own;
}

bool knows_team(const Catalogue& catalogue, const std::string& team) {
  return catalogue.vendors.contains(team) || catalogue.teams.contains(team) ||
         std::any_of(catalogue.services.begin(), catalogue.services.end(),
                     [&](const auto& one) { return one.second.owner == team; });
}

Ask require_team_ask(const Session& session, const std::string& name) {
  auto ask = store::get_ask(session.store(), name);
  if (ask.kind == AskKind::team) return ask;
  throw Error(ExitCode::usage, "'" + ask.name + "' is no ask to a team",
              ask.kind == AskKind::handover ? "nines incident handover --ack"
                                            : "nines incident impact --ack " + ask.role,
              "NOT_A_TEAM");
}

}  // namespace

TeamsView incident_teams(const Session& session, const std::optional<std::string>& word) {
  TeamsView view;
  view.incident = choose_incident(session, word);
  for (auto& ask : store::asks_of(session.store(), view.incident.uid))
    if (ask.kind == AskKind::team) view.asks.push_back(std::move(ask));
  const auto catalogue = load_catalogue(session);
  const auto record =
      store::incident_record(session.store(), view.incident.uid, store::Lines::none);
  const auto spans = incident::impact_spans(record, session.now());
  auto involved =
      incident::involved_services(view.incident.services, catalogue.services,
                                  std::chrono::floor<std::chrono::days>(view.incident.opened_at));
  const BadEventCounter counter(session, catalogue, record);
  for (auto& one : involved) {
    if (spans.empty()) break;
    const auto events = counter.of_service(one.service, spans_for(spans, one.service));
    if (!events.slo.empty()) one.bad = events.seen;
  }
  view.teams = incident::team_shares(involved, view.asks);
  return view;
}

TeamAsked ask_team(Session& session, const TeamAskRequest& request, bool dry_run) {
  TeamAsked asked{choose_incident(session, request.incident),
                  {},
                  knows_team(load_catalogue(session), request.team)};
  if (!asked.incident.open())
    throw Error(ExitCode::conflict, "'" + asked.incident.name + "' is closed",
                "nines incident reopen " + asked.incident.name + " --because TEXT", "WRONG_STATE");
  auto& ask = asked.ask;
  ask.uid = make_uid(session);
  ask.incident = asked.incident.uid;
  ask.to = one_line(request.team, "name of the team");
  ask.text = request.text;
  if (trim(ask.text).empty())
    throw Error(ExitCode::usage, "nothing is asked", "say what the team is to do", "BAD_VALUE");
  ask.by = session.options().actor;
  ask.at = session.now();
  ask.due = ask.at + request.within;
  for (const auto& outlook : ask_outlooks(session, {ask}))
    asked.silence_leads_to_nobody = outlook.problem;
  if (dry_run) return asked;
  append_made(session, ask.incident, [&] {
    const auto number = store::take_number(session.store().db(), "ASK");
    ask.name = "ASK-" + std::to_string(number);
    return std::vector{store::ask_opened(ask, number),
                       line_event(session, ask.incident, incident::EntryKind::action,
                                  "asked " + ask.to + ": " + ask.text)};
  });
  return asked;
}

Ask acknowledge_ask(Session& session, const std::string& name, bool dry_run) {
  auto ask = require_team_ask(session, name);
  if (!ask.waiting())
    throw Error(ExitCode::conflict,
                "'" + ask.name + "' is " + (ask.open() ? "acknowledged" : "done") + " already",
                "nines incident teams list", "WRONG_STATE");
  ask.acknowledged_at = session.now();
  ask.acknowledged_by = session.options().actor;
  if (!dry_run)
    append_made(session, ask.incident, [&] {
      return std::vector{store::ask_acknowledged(ask.uid, ask.acknowledged_by, session.now()),
                         line_event(session, ask.incident, incident::EntryKind::action,
                                    ask.to + " acknowledged: " + ask.text)};
    });
  return ask;
}

Ask finish_ask(Session& session, const std::string& name, const std::string& outcome,
               bool dry_run) {
  auto ask = require_team_ask(session, name);
  if (!ask.open())
    throw Error(ExitCode::conflict, "'" + ask.name + "' is done already",
                "nines incident teams list", "WRONG_STATE");
  ask.done_at = session.now();
  ask.outcome = outcome.empty() ? "done" : outcome;
  if (!dry_run)
    append_made(session, ask.incident, [&] {
      return std::vector{store::ask_closed(ask.uid, ask.outcome, session.now()),
                         line_event(session, ask.incident, incident::EntryKind::action,
                                    ask.to + " " + ask.outcome + ": " + ask.text)};
    });
  return ask;
}

}  // namespace nines::usecases
