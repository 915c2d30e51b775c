// One attempt at exchanging with a place, and what is remembered of how it went.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/deliveries.hpp"
#include "store/event_log.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"
#include "usecases/log/open_place.hpp"
#include "usecases/log/sync.hpp"

namespace nines::usecases {
namespace {

bool is_far(const SyncPlace& place) { return place.kind != SyncPlace::Kind::folder; }

/// A note that cannot be made is no reason to hide what it would have been about.
void try_note_failure(Session& session, const SyncPlace& place, const std::string& problem) {
  try {
    auto& db = session.store().db();
    if (store::local_fact(db, "remote " + to_string(place)))
      store::note_failure(db, to_string(place), session.now(), problem);
  } catch (const Error&) {
  }
}

/// How much of the record waits here for a place that could not be reached.
void note_waiting(const Session& session, const SyncPlace& place, Error& error) {
  const auto standing = sync_standing(session, place);
  if (standing.known && standing.undelivered > 0)
    error.note(count_of(standing.undelivered, "event") +
               " not delivered there, the first recorded " + format_utc(*standing.since));
}

SyncReport attempt(Session& session, const SyncPlace& place, const OpenPlace& open,
                   const SyncOptions& options) {
  const auto report = sync_with(session, *open.exchange, open.name, options);
  if (is_far(place) && !options.dry_run)
    store::note_contact(session.store().db(), open.name, session.now());
  return report;
}

/// What a person has to see and nobody saw.
std::string unseen_in(const SyncReport& report) {
  if (!report.rewritten.empty())
    return "the log of replica " + report.rewritten.front() + " was replaced there by force";
  if (report.kept_in_history > 0)
    return count_of(report.kept_in_history, "erased text") +
           " stay in the history of that remote, which got them unsealed";
  const auto proven = std::find_if(report.contradictions.begin(), report.contradictions.end(),
                                   [](const Contradiction& one) { return one.proven(); });
  return proven == report.contradictions.end() ? std::string() : to_string(*proven);
}

bool take_turn(Session& session, const SyncPlace& place, const SyncOptions& options) {
  const auto queue = work_folder(session.store(), place) / "queue";
  store::create_private_folder(queue);
  auto turn = std::make_unique<store::FolderLock>(queue);
  if (!turn->held()) return false;  // who waits there reads the log after us
  const auto open =
      open_place(session, place,
                 {.deadline = options.deadline,
                  .wait = std::chrono::floor<std::chrono::milliseconds>(options.deadline),
                  .unattended = true});
  turn.reset();
  const auto report = attempt(session, place, open, options);
  if (const auto unseen = unseen_in(report); !unseen.empty())
    try_note_failure(session, place, unseen);
  return true;
}

}  // namespace

SyncReport sync_place(Session& session, const SyncPlace& place, const SyncOptions& options) {
  try {
    const auto open = open_place(session, place,
                                 {.read_only = options.dry_run,
                                  .deadline = options.deadline,
                                  .wait = session.options().lock_timeout});
    return attempt(session, place, open, options);
  } catch (const std::filesystem::filesystem_error& e) {
    throw Error(ExitCode::io, "cannot work in '" + place.address + "': " + e.code().message(),
                "check the folder, its permissions and the free space; syncing again goes on where "
                "it stopped");
  } catch (Error& error) {
    if (is_far(place)) {
      note_waiting(session, place, error);
      if (!options.dry_run) try_note_failure(session, place, error.what());
    }
    throw;
  }
}

SyncReport sync_directory(Session& session, const std::filesystem::path& folder,
                          const SyncOptions& options) {
  return sync_place(session, {SyncPlace::Kind::folder, folder.string()}, options);
}

bool sync_unattended(Session& session, const SyncPlace& place, const SyncOptions& options) {
  try {
    return take_turn(session, place, options);
  } catch (const std::exception& error) {
    try_note_failure(session, place, error.what());
    return true;
  }
}

SyncStanding sync_standing(const Session& session, const SyncPlace& place) {
  auto& db = session.store().db();
  const auto name = to_string(place);
  SyncStanding standing;
  standing.known = store::local_fact(db, "remote " + name).has_value();
  const auto waiting = store::undelivered_to(db, name);
  standing.undelivered = waiting.events;
  standing.since = waiting.since;
  const auto contact = store::contact_with(db, name);
  standing.contact = contact.last;
  standing.failed_at = contact.failed_at;
  standing.problem = contact.problem;
  return standing;
}

}  // namespace nines::usecases
