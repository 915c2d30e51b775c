// The receiving end recomputes everything before a row is written.
#include "store/receive.hpp"

#include <map>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/log_writer.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

[[noreturn]] void fail_fork(const Uid& replica, std::uint64_t seq, const std::string& source) {
  throw Error(
      ExitCode::conflict,
      "replica " + replica.to_string() + " has two histories: its event " + std::to_string(seq) +
          " is one thing here and another in '" + source + "'",
      "one of the two stores is an old copy of the other that went on writing; keep the one that "
      "matters, and on the other machine: nines audit export, move the store away, start a new "
      "one, nines sync",
      "FORK");
}

[[noreturn]] void fail_damaged(const log::SegmentName& name, const std::string& why) {
  throw Error(ExitCode::bad_data, "segment " + log::to_string(name) + ": " + why,
              "delete it there, and sync again from a machine that has these events",
              "SEGMENT_DAMAGED");
}

log::Segment decoded(const log::SegmentFile& file) {
  auto result = log::decode_segment(file.text);
  if (!result.segment) fail_damaged(file.name, result.problem);
  const auto& s = *result.segment;
  if (s.replica != file.name.replica || s.first != file.name.first || s.last() != file.name.last)
    fail_damaged(file.name, "it holds other events than its name says");
  return std::move(*result.segment);
}

std::map<std::uint64_t, log::SegmentBody> bodies_of(const log::SegmentFile& file,
                                                    const log::Segment& segment) {
  auto list = log::decode_bodies(file.bodies);
  if (!list) fail_damaged(file.name, "its bodies are malformed");
  std::map<std::uint64_t, log::SegmentBody> bodies;
  for (auto& body : *list) {
    if (body.seq < segment.first || body.seq > segment.last())
      fail_damaged(file.name, "it has a body of event " + std::to_string(body.seq));
    const auto& header = segment.headers[body.seq - segment.first];
    if (log::body_hash(body.salt, body.json) != header.body_hash)
      fail_damaged(file.name, "the body of event " + std::to_string(body.seq) + " was changed");
    const auto seq = body.seq;
    bodies.emplace(seq, std::move(body));
  }
  return bodies;
}

/// What is here already must be the same; what is new must continue it.
void require_continuation(Db& db, const log::Segment& segment, const std::string& source) {
  const auto head = head_of(db, segment.replica);
  if (segment.first > head.seq + 1)
    throw Error(ExitCode::bad_data,
                "'" + source + "' lacks events " + std::to_string(head.seq + 1) + " to " +
                    std::to_string(segment.first - 1) + " of replica " +
                    segment.replica.to_string(),
                "sync again from a machine that has them", "SEGMENT_MISSING");
  const auto last_here = std::min(head.seq, segment.last());
  if (last_here >= segment.first) {
    const auto here = hash_of_event(db, {segment.replica, last_here});
    if (here != segment.hashes[last_here - segment.first])
      fail_fork(segment.replica, last_here, source);
  } else if (segment.prev != head.hash) {
    fail_fork(segment.replica, head.seq, source);
  }
}

/// Folds in arrival order, but each subject that an event came late for only once, at the end.
class LateFold {
 public:
  explicit LateFold(Db& db) : db_(db) {}
  void add(const log::Event& event) {
    const auto& subject = event.header.subject;
    const bool about_events = subject.starts_with("tx/") || subject.starts_with("event/");
    if (!about_events && (late_.contains(subject) || is_late(db_, event.header)))
      late_.insert(subject);
    else
      fold_event(db_, event);
  }
  void finish() {
    for (const auto& subject : late_) refold_subject(db_, subject);
  }

 private:
  Db& db_;
  std::set<std::string> late_;
};

bool too_far_ahead(const log::EventHeader& header, Instant now) {
  return from_epoch_micros(header.hlc.micros) > now + kClockTolerance;
}

void remember_arrival(Db& db, std::uint64_t first, std::uint64_t events, Instant now,
                      const std::string& source) {
  db.run("INSERT INTO received (position, events, received_at, source) VALUES (?, ?, ?, ?)", first,
         events, now, source);
}

Received take_in(Store& store, const log::Segment& segment,
                 const std::map<std::uint64_t, log::SegmentBody>& bodies,
                 const std::string& source) {
  auto& db = store.db();
  require_continuation(db, segment, source);
  const auto now = store.state().now();
  const auto known = head_of(db, segment.replica).seq;
  const auto position = event_count(db);
  Received result;
  LogWriter writer(db);
  LateFold fold(db);
  for (std::size_t i = 0; i < segment.headers.size(); ++i) {
    const auto& header = segment.headers[i];
    if (header.ref.seq <= known) continue;
    if (too_far_ahead(header, now)) {
      result.held = header.ref;
      result.held_until = from_epoch_micros(header.hlc.micros) - kClockTolerance;
      break;
    }
    const auto body = bodies.find(header.ref.seq);
    log::Event event{header, {}, {}, body == bodies.end()};
    std::optional<std::string> text;
    if (!event.erased) {
      event.salt = body->second.salt;
      event.body = Json::parse(body->second.json);
      text = body->second.json;
    }
    writer.append(header, segment.hashes[i], event.salt, text);
    fold.add(event);
    ++result.events;
  }
  fold.finish();
  writer.finish();
  if (result.events > 0) remember_arrival(db, position, result.events, now, source);
  return result;
}

}  // namespace

Received receive_segment(Store& store, const log::SegmentFile& file, const std::string& source) {
  // Everything that needs no lock comes first.
  const auto segment = decoded(file);
  const auto bodies = bodies_of(file, segment);
  auto& db = store.db();
  db.script("BEGIN IMMEDIATE");
  try {
    const auto result = take_in(store, segment, bodies, source);
    db.script("COMMIT");
    return result;
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

void send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put) {
  static const auto kSome =
      event_select("WHERE e.replica = ? AND e.seq > ? ORDER BY e.seq LIMIT ?");
  for (;;) {
    log::Segment segment{.replica = replica, .first = after + 1};
    std::vector<log::SegmentBody> bodies;
    {
      auto rows = store.db().query(kSome, replica, after, log::kSegmentEvents);
      while (rows.step()) {
        auto header = header_at(rows);
        if (segment.headers.empty()) segment.prev = header.prev;
        if (!rows.null(20)) bodies.push_back({header.ref.seq, rows.hash128(19), rows.text(20)});
        segment.hashes.push_back(stored_hash_at(rows));
        segment.headers.push_back(std::move(header));
      }
    }
    if (segment.headers.empty()) return;
    segment.head = segment.hashes.back();
    log::SegmentFile file{{}, log::encode(segment), log::encode_bodies(bodies)};
    // What is damaged here must not spread.
    if (const auto check = log::decode_segment(file.text); !check.segment)
      throw Error(ExitCode::bad_data, "the log here is damaged, and is not sent: " + check.problem,
                  "nines audit verify names what broke", "STORE_DAMAGED");
    file.name = log::name_of_segment(file.text, replica, segment.first, segment.last());
    after = segment.last();
    put(std::move(file));
  }
}

void renounce_replica(Store& store) { set_local_fact(store.db(), "mark", ""); }

void require_same_history(const Store& store, const Uid& replica, const log::RemoteHead& remote,
                          const std::string& source) {
  const auto here = hash_of_event(store.db(), {replica, remote.seq});
  if (here && *here != remote.hash) fail_fork(replica, remote.seq, source);
}

}  // namespace nines::store
