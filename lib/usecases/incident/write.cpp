// Entries get their identity and number, events their transaction.
#include "usecases/incident/write.hpp"

#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/entry_numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/desk.hpp"

namespace nines::usecases {

Uid make_uid(Session& session) {
  SystemEntropy system;
  auto* entropy = session.options().entropy;
  return Uid::make(session.now(), entropy != nullptr ? *entropy : system);
}

incident::StatedTime stated_now(const Session& session) { return {.at = session.now()}; }

incident::Entry new_entry(Session& session, std::string text,
                          std::optional<incident::StatedTime> when) {
  incident::Entry entry;
  entry.uid = make_uid(session);
  entry.text = std::move(text);
  entry.when = when.value_or(stated_now(session));
  entry.recorded_at = session.now();
  return entry;
}

std::int64_t take_entry_number(Session& session, const Uid& incident) {
  return store::take_entry_number(session.store().db(), incident);
}

void append_all(Session& session, const Uid& incident, const std::vector<log::NewEvent>& events) {
  if (events.empty()) return;
  append_made(session, incident, [&] { return events; });
}

void append_made(Session& session, const Uid& incident,
                 const std::function<std::vector<log::NewEvent>()>& make) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  for (const auto& event : make()) tx.append(event);
  tx.commit();
  Desk(session).touch(incident);
}

log::NewEvent line_event(Session& session, const Uid& incident, incident::EntryKind kind,
                         std::string text, incident::Visibility visibility,
                         std::optional<incident::StatedTime> when) {
  auto entry = new_entry(session, std::move(text), std::move(when));
  entry.kind = kind;
  entry.visibility = visibility;
  entry.number = take_entry_number(session, incident);
  return store::incident_entry_added(incident, entry);
}

std::vector<SpooledLine> fold_spool(Session& session, store::Transaction& tx, const Uid& incident) {
  std::vector<SpooledLine> taken;
  for (auto& line : Spool(session.options().state_folder).lines()) {
    const bool ours = line.incident ? *line.incident == incident : true;
    if (!ours || (!line.store.empty() && line.store != session.options().db)) continue;
    if (!store::has_entry(session.store(), incident, line.entry.uid)) {
      line.entry.number = take_entry_number(session, incident);
      if (line.actor != session.options().actor) line.entry.author = line.actor;
      tx.append(store::incident_entry_added(incident, line.entry));
    }
    taken.push_back(std::move(line));
  }
  return taken;
}

}  // namespace nines::usecases
