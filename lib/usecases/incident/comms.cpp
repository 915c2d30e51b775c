// Messages and their deadlines.
#include "usecases/incident/comms.hpp"

#include "domain/incident/milestones.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/messages.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/brief.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::milestone::kCustomersTold;

incident::Message new_message(Session& session, const incident::Incident& incident,
                              const SentRequest& request) {
  incident::Message message;
  message.uid = make_uid(session);
  message.incident = incident.uid;
  message.to = request.to;
  message.channel = request.channel;
  message.text = request.text;
  message.by = session.options().actor;
  message.when = request.when.value_or(stated_now(session));
  message.recorded_at = session.now();
  return message;
}

}  // namespace

Comms incident_comms(const Session& session, const std::optional<std::string>& word) {
  Comms comms{choose_incident(session, word), {}, {}, std::nullopt};
  const auto policy = sole_policy(applied_policies(session));
  comms.messages = store::messages_of(session.store(), comms.incident.uid);
  comms.cadence = incident::cadence_of(policy ? &*policy : nullptr, comms.incident.severity);
  const auto record =
      store::incident_record(session.store(), comms.incident.uid, store::Lines::none);
  comms.next_due = incident::next_update_due(record, comms.messages, comms.cadence);
  return comms;
}

Draft draft_message(const Session& session, const std::optional<std::string>& word,
                    incident::Audience audience, const Zone& zone) {
  auto briefed = brief_incident(session, word, audience, zone);
  return {std::move(briefed.incident), std::move(briefed.lines)};
}

Sent record_message(Session& session, const SentRequest& request, bool dry_run) {
  Sent sent{choose_incident(session, request.incident), {}, false, std::nullopt};
  const auto& uid = sent.incident.uid;
  sent.message = new_message(session, sent.incident, request);
  const auto record = store::incident_record(session.store(), uid, store::Lines::none);
  sent.customers_first_told = incident::tells_customers(request.to) &&
                              !record.milestones.contains(std::string(kCustomersTold));
  if (dry_run) return sent;
  append_made(session, uid, [&] {
    const auto number = store::take_number(session.store().db(), "MSG");
    sent.message.name = "MSG-" + std::to_string(number);
    std::vector events{store::message_sent(sent.message, number)};
    // What customers were told is public from then on; the rest stays inside.
    events.push_back(line_event(session, uid, incident::EntryKind::communication,
                                "told " + request.to + ": " + request.text,
                                incident::tells_customers(request.to)
                                    ? incident::Visibility::open
                                    : incident::Visibility::internal,
                                sent.message.when));
    if (sent.customers_first_told)
      events.push_back(store::incident_milestone_set(uid, kCustomersTold, sent.message.when));
    return events;
  });
  sent.next_due = incident_comms(session, sent.incident.name).next_due;
  return sent;
}

}  // namespace nines::usecases
