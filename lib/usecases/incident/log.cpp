// Into the store if it can be; into the spool if not.
#include "usecases/incident/log.hpp"

#include "base/error.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

incident::Entry logged_entry(const SessionOptions& options, const LogRequest& request) {
  SystemEntropy system;
  incident::Entry entry;
  entry.recorded_at = options.clock();
  entry.uid = Uid::make(entry.recorded_at, options.entropy ? *options.entropy : system);
  entry.text = request.text;
  entry.when = request.when.value_or(incident::StatedTime{.at = entry.recorded_at});
  entry.kind = request.kind;
  entry.visibility = request.visibility;
  entry.estimate = request.estimate;
  entry.role = request.role;
  entry.author = options.actor;
  return entry;
}

/// The name of whoever writes is the event's, and erasable there.
incident::Entry unsigned_entry(incident::Entry entry) {
  entry.author.clear();
  return entry;
}

void write_line(Session& session, Logged& logged) {
  const auto& options = session.options();
  const auto uid = logged.incident->uid;
  std::vector<SpooledLine> taken;
  {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    taken = fold_spool(session, tx, uid);
    logged.entry.number = take_entry_number(session, uid);
    tx.append(store::incident_entry_added(uid, unsigned_entry(logged.entry)));
    tx.commit();
  }
  for (const auto& line : taken) Spool(options.state_folder).drop(line);
  logged.queued = taken.size();
  logged.entry.name = std::to_string(logged.entry.number);
  Desk(session).touch(uid);
}

Logged spool_line(const SessionOptions& options, Logged logged, std::string because) {
  SpooledLine line{unsigned_entry(logged.entry), options.actor};
  if (logged.incident) {
    line.incident = logged.incident->uid;
    line.store = options.db;
  }
  Spool(options.state_folder).add(line);
  logged.incident.reset();
  logged.waits_because = std::move(because);
  return logged;
}

}  // namespace

Logged log_line(const SessionOptions& options, const LogRequest& request) {
  Logged logged{logged_entry(options, request), std::nullopt, 0, {}};
  std::error_code unreadable;
  if (!std::filesystem::exists(options.db, unreadable)) {
    if (request.incident)
      throw Error(ExitCode::not_found, "no store, so no incident '" + *request.incident + "'",
                  "leave the incident out, and the line waits until one is opened", "NO_STORE");
    return spool_line(options, std::move(logged), "there is no store here");
  }
  try {
    auto session = Session::open(options);
    logged.incident =
        request.incident ? choose_incident(session, request.incident) : current_incident(session);
    if (!logged.incident) return spool_line(options, std::move(logged), "no incident is current");
    write_line(session, logged);
    return logged;
  } catch (const Error& error) {
    if (error.kind() != ExitCode::busy) throw;
    return spool_line(options, std::move(logged), "the store is busy");
  }
}

}  // namespace nines::usecases
