// An offer is an ask with the lines in it; taking it passes the role.
#include "usecases/incident/handover.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/asks.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/brief.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/duties.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Ask;
using incident::AskKind;
using incident::Incident;

std::optional<Ask> waiting_offer(const std::vector<Ask>& asks) {
  const auto found = std::find_if(asks.rbegin(), asks.rend(), [](const Ask& ask) {
    return ask.kind == AskKind::handover && ask.waiting();
  });
  return found == asks.rend() ? std::nullopt : std::optional(*found);
}

Ask new_offer(Session& session, const Incident& incident, const HandoverRequest& request,
              const std::vector<std::string>& lines) {
  Ask ask;
  ask.uid = make_uid(session);
  ask.incident = incident.uid;
  ask.kind = AskKind::handover;
  ask.to = request.to;
  ask.role = incident::kCommander;
  ask.text = join(lines, "\n");
  ask.by = session.options().actor;
  ask.at = session.now();
  ask.due = ask.at + request.within;
  return ask;
}

void require_offer_makes_sense(const Incident& incident, const std::string& to) {
  if (!incident.open())
    throw Error(ExitCode::conflict, "'" + incident.name + "' is closed",
                "nines incident reopen " + incident.name + " --because TEXT", "WRONG_STATE");
  if (incident.commander == to)
    throw Error(ExitCode::conflict, "'" + to + "' is in command of '" + incident.name + "' already",
                "nines incident show " + incident.name, "WRONG_STATE");
}

}  // namespace

Handover preview_handover(const Session& session, const std::optional<std::string>& word,
                          const Zone& zone) {
  const auto incident = choose_incident(session, word);
  const BriefSource source(session, incident, zone);
  return {incident, incident::handover_lines(source.input(), running_duties(session, incident)),
          waiting_offer(source.asks()), std::nullopt};
}

Handover offer_handover(Session& session, const HandoverRequest& request, const Zone& zone,
                        bool dry_run) {
  auto handover = preview_handover(session, request.incident, zone);
  const auto& incident = handover.incident;
  require_offer_makes_sense(incident, request.to);
  handover.instead_of = std::move(handover.ask);
  handover.ask = new_offer(session, incident, request, handover.lines);
  if (dry_run) return handover;
  append_made(session, incident.uid, [&] {
    std::vector<log::NewEvent> events;
    if (handover.instead_of)
      events.push_back(store::ask_closed(handover.instead_of->uid, "withdrawn", session.now()));
    events.push_back(
        store::ask_opened(*handover.ask, store::take_number(session.store().db(), "ASK")));
    events.push_back(line_event(session, incident.uid, incident::EntryKind::action,
                                "offered the command to " + request.to));
    return events;
  });
  handover.ask = waiting_offer(store::asks_of(session.store(), incident.uid));
  return handover;
}

TakenOver accept_handover(Session& session, const std::optional<std::string>& word, bool dry_run) {
  TakenOver taken{choose_incident(session, word), {}, {}};
  auto& incident = taken.incident;
  const auto offer = waiting_offer(store::asks_of(session.store(), incident.uid));
  if (!offer)
    throw Error(ExitCode::conflict, "no handover of '" + incident.name + "' waits",
                "nines incident handover " + incident.name + " --to NAME offers one",
                "NO_HANDOVER");
  const auto& actor = session.options().actor;
  if (offer->to != actor)
    throw Error(
        ExitCode::conflict,
        "the handover of '" + incident.name + "' waits for '" + offer->to + "', and you are '" +
            actor + "'",
        "nines incident handover " + incident.name + " --to " + actor + " offers it to you instead",
        "NOT_YOURS");
  taken.ask = *offer;
  taken.before = incident.commander;
  if (dry_run) return taken;
  const auto now = session.now();
  append_all(
      session, incident.uid,
      {store::ask_acknowledged(offer->uid, actor, now),
       store::ask_closed(offer->uid, "taken over", now),
       store::incident_role_set(incident.uid, incident::kCommander, actor, taken.before, now)});
  incident = *store::find_incident(session.store(), incident.uid);
  return taken;
}

}  // namespace nines::usecases
