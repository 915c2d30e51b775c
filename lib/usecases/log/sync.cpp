// Compare heads, receive, send; then forget there what was erased here.
#include "usecases/log/sync.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/deliveries.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/live_runs.hpp"
#include "store/numbers.hpp"
#include "store/overtaken_edits.hpp"
#include "store/parts.hpp"
#include "store/receive.hpp"
#include "store/send.hpp"
#include "store/store.hpp"
#include "usecases/log/evidence.hpp"
#include "usecases/log/sync_records.hpp"

namespace nines::usecases {
namespace {

using Heads = std::map<Uid, store::Head>;
using RemoteHeads = std::map<Uid, log::RemoteHead>;

/// An address may have been taken over by another place since the last time.
bool know_remote(store::Store& store, const std::string& place, const Uid& identity, bool dry_run) {
  const auto fact = "remote " + place;
  const auto known = store::local_fact(store.db(), fact);
  if (known && *known != identity.to_string())
    throw Error(
        ExitCode::conflict, "'" + place + "' is another remote than before",
        "check the folder (is the right drive mounted?), or use another name for the new one",
        "OTHER_REMOTE");
  if (!known && !dry_run) store::set_local_fact(store.db(), fact, identity.to_string());
  return !known;
}

/// Erasures that lie at the place and are not here yet: the bodies they took are missing there
/// already. Looked for only once a body is missing.
class AnnouncedErasures {
 public:
  AnnouncedErasures(const store::Store& store, log::Exchange& exchange, const RemoteHeads& there)
      : store_(store), exchange_(exchange), there_(there) {}

  bool contains(const log::EventRef& event) {
    if (!read_) read_all();
    return erased_.contains(event);
  }

 private:
  void read_all() {
    read_ = true;
    for (const auto& [replica, head] : there_) {
      const auto known = store::head_of(store_.db(), replica).seq;
      if (head.seq <= known) continue;
      exchange_.get(replica, known + 1, [&](const log::SegmentFile& file) {
        erased_.merge(store::erasures_in(store_, file));
        return true;
      });
    }
  }

  const store::Store& store_;
  log::Exchange& exchange_;
  const RemoteHeads& there_;
  std::set<log::EventRef> erased_;
  bool read_ = false;
};

/// Tells who waits how far it is.
class Progress {
 public:
  Progress(const SyncOptions& options, std::uint64_t all) : tell_(options.progress), now_{0, all} {}
  void add(std::uint64_t events) {
    now_.done = std::min(now_.done + events, now_.all);
    if (tell_) tell_(now_);
  }

 private:
  const std::function<void(const SyncProgress&)>& tell_;
  SyncProgress now_;
};

/// News of a record that was left at a place brings the whole of it first.
void receive_replica(Session& session, log::Exchange& exchange, SyncReport& report,
                     SyncReplica& row, const Uid& replica, AnnouncedErasures& announced,
                     Progress& progress) {
  auto& store = session.store();
  const auto& place = report.place;
  const auto known = store::head_of(store.db(), replica).seq;
  exchange.get(replica, known + 1, [&](const log::SegmentFile& file) {
    const auto waiting = bring_touched(session, exchange, file, report.records);
    if (!waiting.empty()) {
      report.records.waiting.insert(report.records.waiting.end(), waiting.begin(), waiting.end());
      return false;
    }
    const auto received = store::receive_segment(
        store, file, place, [&](const log::EventRef& event) { return announced.contains(event); });
    row.received += received.events;
    progress.add(received.events);
    row.held_until = received.held_until;
    if (received.bodiless) row.bodiless = log::to_string(*received.held);
    return !received.held;
  });
}

void send_replica(const store::Store& store, log::Exchange& exchange, SyncReport& report,
                  SyncReplica& row, const Uid& replica, std::uint64_t there, Progress& progress) {
  report.records.kept_back += store::send_segments(store, replica, there, [&](const log::SegmentFile& file) {
    exchange.put(file);
    const auto events = file.name.last - file.name.first + 1;
    row.sent += events;
    progress.add(events);
  });
}

/// Only what came in since the last time: each erasure is told to each place once.
class Erasures {
 public:
  Erasures(store::Store& store, log::Exchange& exchange)
      : store_(store), fact_("forgotten " + exchange.identity().to_string()) {
    auto& db = store.db();
    const auto told = store::local_count(db, fact_);
    events_ = store::event_count(db);
    if (told == events_) return;
    erased_ = store::erasures_since(db, told);
    new_ = true;
    for (const auto& event : erased_) exchange.drop_body(event);
  }

  /// Once the place has been told.
  void settle() {
    if (!new_) return;
    // Until then the write-ahead log still holds the pages as they were.
    if (!erased_.empty()) store_.db().script("PRAGMA wal_checkpoint(TRUNCATE)");
    store::set_local_fact(store_.db(), fact_, std::to_string(events_));
  }

 private:
  store::Store& store_;
  std::string fact_;
  std::uint64_t events_ = 0;
  std::vector<log::EventRef> erased_;
  bool new_ = false;
};

/// Said last: whatever could be exchanged has been.
void require_bodies(const std::vector<SyncReplica>& rows, const std::string& place) {
  for (const auto& row : rows)
    if (!row.bodiless.empty())
      throw Error(ExitCode::bad_data,
                  "'" + place + "' lacks the body of event " + row.bodiless +
                      ", and no event says that it was erased",
                  "nothing after it was taken from that replica; delete its segment there, and "
                  "sync again from a machine that has the event, then from here",
                  "BODY_MISSING");
}

void require_records(const SyncRecords& records, const std::string& place) {
  if (!records.waiting.empty())
    throw Error(ExitCode::conflict,
                "there is news of " + records.waiting.front() + " at '" + place +
                    "', and the rest of it is neither here nor there",
                "nines sync " + records.place + " --record " + records.waiting.front() +
                    ", then sync here again",
                "RECORD_NOT_HERE");
  if (!records.missing.empty())
    throw Error(ExitCode::not_found,
                "'" + place + "' does not have all of " + records.missing.front() +
                    (records.missing.size() > 1
                         ? " and of " + std::to_string(records.missing.size() - 1) + " more"
                         : ""),
                "sync from " + records.place, "RECORD_NOT_HERE");
}

std::vector<SyncReplica> compare_checkpoints(const store::Store& store, const Heads& here,
                                             const RemoteHeads& there, const std::string& place) {
  std::map<Uid, SyncReplica> rows;
  for (const auto& [replica, head] : here) rows[replica].events = head.seq;
  for (const auto& [replica, head] : there) {
    store::require_same_history(store, replica, head, place);
    rows[replica];
  }
  std::vector<SyncReplica> list;
  for (auto& [replica, row] : rows) {
    row.replica = replica.to_string();
    row.own = replica == store.replica();
    list.push_back(row);
  }
  return list;
}

std::set<Uid> older_runs(const store::Store& store, const std::optional<Instant>& since) {
  std::set<Uid> older;
  if (!since) return older;
  for (const auto& run : store::unread_runs(store))
    if (!run.here && run.last < *since) older.insert(run.uid);
  return older;
}

/// Measurements of runs that are known on both sides by now, or would be.
void exchange_measurements(store::Store& store, log::Exchange& exchange, SyncReport& report,
                           const SyncOptions& options) {
  const bool dry_run = options.dry_run;
  const auto there = exchange.measured_runs();
  for (const auto& run : store::runs_here(store)) {
    if (there.contains(run)) continue;
    if (!dry_run)
      store::send_parts(store, run, [&](std::uint32_t index, const std::string& bytes) {
        exchange.put_measurements(run, index, bytes);
      });
    ++report.imports_sent;
  }
  const auto older = older_runs(store, options.measurements_since);
  for (const auto& run : store::runs_elsewhere(store)) {
    if (!there.contains(run)) continue;
    if (older.contains(run)) {
      ++report.imports_older;
      continue;
    }
    if (!dry_run)
      store::receive_parts(
          store, run, [&](std::uint32_t index) { return exchange.get_measurements(run, index); });
    ++report.imports_received;
  }
}

/// What stays unread here, and why.
void note_unread(const store::Store& store, SyncReport& report) {
  for (const auto& run : store::unread_runs(store)) {
    if (run.here)
      report.set_aside.push_back(run.file);
    else
      ++report.imports_elsewhere;
  }
  report.imports_elsewhere -= std::min(report.imports_elsewhere, report.imports_older);
}

SyncLoser::Side side_of(const store::EditSide& side) {
  return {log::to_string(side.ref), side.actor, side.value, side.recorded_at};
}

std::vector<SyncLoser> losers_since(const store::Store& store, std::uint64_t position) {
  std::vector<SyncLoser> losers;
  for (const auto& one : store::overtaken_since(store, position))
    losers.push_back({one.name, one.field, side_of(one.lost), side_of(one.kept)});
  return losers;
}

std::uint64_t seq_in(const auto& heads, const Uid& replica) {
  const auto found = heads.find(replica);
  return found == heads.end() ? 0 : found->second.seq;
}

void plan(SyncReplica& row, std::uint64_t here, std::uint64_t there) {
  row.received = there > here ? there - here : 0;
  row.sent = here > there ? here - there : 0;
}

}  // namespace

std::uint64_t SyncReport::received() const {
  std::uint64_t n = 0;
  for (const auto& row : replicas) n += row.received;
  return n;
}

std::uint64_t SyncReport::sent() const {
  std::uint64_t n = 0;
  for (const auto& row : replicas) n += row.sent;
  return n;
}

namespace {

/// Unless the log here is shorter than this store itself said before: that stays to be seen.
void state_heads(const store::Store& store, log::Exchange& exchange, const Statements& statements,
                 const SyncReport& report, const std::optional<std::filesystem::path>& key_file) {
  const auto own = store.replica();
  const bool doubted = std::any_of(
      report.contradictions.begin(), report.contradictions.end(), [&](const Contradiction& one) {
        return one.witness == own.to_string() && one.kind != Contradiction::Kind::lost_there;
      });
  if (doubted) return;
  const auto note = log::to_string(present_note(store, key_file.value_or("")));
  const auto found = statements.find(own);
  if (found == statements.end() || found->second != note) exchange.put_statement(own, note);
}

std::uint64_t own_events_since(const store::Store& store, std::uint64_t position) {
  const auto count = store.db().integer(
      "SELECT count(*) FROM event WHERE position >= ? AND replica = ?", position, store.replica());
  return static_cast<std::uint64_t>(count.value_or(0));
}

/// How far this store's own log was sent. It may write in the middle of an exchange, and under a new
/// name if its old one was somebody else's.
struct OwnHead {
  explicit OwnHead(const store::Store& store)
      : replica(store.replica()), seq(store::head_of(store.db(), replica).seq) {}
  OwnHead(const SyncReport& report, const store::Store& store) : replica(store.replica()) {
    for (const auto& row : report.replicas)
      if (row.replica == replica.to_string()) seq = row.events;
  }
  Uid replica;
  std::uint64_t seq = 0;
};

/// False when there is nothing more to send.
bool send_own_since(const store::Store& store, log::Exchange& exchange, SyncReport& report,
                    const OwnHead& sent) {
  const OwnHead now(store);
  const auto from = now.replica == sent.replica ? sent.seq : 0;
  if (now.seq <= from) return false;
  std::uint64_t events = 0;
  store::send_segments(store, now.replica, from, [&](const log::SegmentFile& file) {
    exchange.put(file);
    events += file.name.last - file.name.first + 1;
  });
  auto row = std::ranges::find(report.replicas, now.replica.to_string(), &SyncReplica::replica);
  if (row == report.replicas.end()) {
    row = report.replicas.emplace(row);
    row->replica = now.replica.to_string();
    row->own = true;
  }
  row->sent += events;
  row->events = now.seq;
  return true;
}

/// Nobody else wrote here since the exchange began.
bool came_alone(const store::Store& store, std::uint64_t events_before, const SyncReport& report) {
  return store::event_count(store.db()) ==
         events_before + report.received() + own_events_since(store, events_before);
}

/// What another process recorded meanwhile may lie between: it counts as not there yet. So does
/// what could not be sent.
void note_all_delivered(store::Store& store, const std::string& place, std::uint64_t events_before,
                        const SyncReport& report) {
  const bool all = came_alone(store, events_before, report) && report.records.kept_back == 0;
  store::note_delivered(store.db(), place, all ? store::event_count(store.db()) : events_before);
}

/// What each row plans, in the end what it did.
void exchange_events(Session& session, log::Exchange& exchange, const RemoteHeads& there,
                     SyncReport& report, const SyncOptions& options) {
  auto& store = session.store();
  AnnouncedErasures announced(store, exchange, there);
  Progress progress(options, (options.receive ? report.received() : 0) + report.sent());
  for (auto& row : report.replicas) {
    const auto replica = *Uid::parse(row.replica);
    if (std::exchange(row.received, 0) > 0 && options.receive)
      receive_replica(session, exchange, report, row, replica, announced, progress);
    // What came of a record that was brought back is stated in the own log meanwhile.
    const bool more = store::head_of(store.db(), replica).seq > seq_in(there, replica);
    if (std::exchange(row.sent, 0) > 0 || (row.own && more))
      send_replica(store, exchange, report, row, replica, seq_in(there, replica), progress);
    row.events = store::head_of(store.db(), replica).seq;
  }
  send_own_since(store, exchange, report, OwnHead(report, store));
}

}  // namespace

SyncReport sync_with(Session& session, log::Exchange& exchange, const std::string& place,
                     const SyncOptions& options) {
  const bool dry_run = options.dry_run;
  auto& store = session.store();
  SyncReport report;
  report.place = place;
  report.remote = exchange.identity().to_string();
  report.dry_run = dry_run;
  check_records_asked(session, options.records, report.remote);
  report.first_contact = know_remote(store, report.place, exchange.identity(), dry_run);
  report.carries_measurements = exchange.carries_measurements();

  const auto events_before = store::event_count(store.db());
  const auto here = store::all_heads(store.db());
  const auto there = exchange.heads();
  report.replicas = compare_checkpoints(store, here, there, report.place);
  report.new_replica = seq_in(there, store.replica()) > seq_in(here, store.replica());
  if (report.new_replica && !dry_run) store::renounce_replica(store);
  for (auto& row : report.replicas) {
    const auto replica = *Uid::parse(row.replica);
    plan(row, seq_in(here, replica), seq_in(there, replica));
  }
  if (!dry_run) exchange_events(session, exchange, there, report, options);
  std::optional<Erasures> erasures;
  if (!dry_run) erasures.emplace(store, exchange);
  const auto statements = exchange.statements();
  report.contradictions = contradictions_of(store, statements, there, options.key_file);
  if (!dry_run) {
    state_heads(store, exchange, statements, report, options.key_file);
    exchange.deliver();
    erasures->settle();
    // What another process recorded meanwhile may lie between: it counts as not there yet.
    note_all_delivered(store, place, events_before, report);
  }
  if (options.settle_records) {
    const OwnHead sent(store);
    settle_records(session, exchange, place, options.records,
                   came_alone(store, events_before, report) ? std::optional(events_before)
                                                            : std::nullopt,
                   dry_run, report.records);
    if (send_own_since(store, exchange, report, sent)) {
      state_heads(store, exchange, statements, report, options.key_file);
      exchange.deliver();
      note_all_delivered(store, place, events_before, report);
    }
  }
  report.kept_in_history = exchange.kept_in_history();
  for (const auto& replica : exchange.rewritten()) report.rewritten.push_back(replica.to_string());
  if (options.measurements && exchange.carries_measurements())
    exchange_measurements(store, exchange, report, options);
  note_unread(store, report);
  require_bodies(report.replicas, report.place);
  require_records(report.records, report.place);
  report.losers = losers_since(store, events_before);
  report.clashes = store::clashing_names(store.db());
  for (const auto& kind : store::unknown_kinds(store.db())) report.ignored.push_back(kind.kind);
  return report;
}

}  // namespace nines::usecases
