// The receiving end recomputes everything before a row is written.
#include "store/receive.hpp"

#include <map>

#include "base/error.hpp"
#include "store/copies.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/log_writer.hpp"
#include "store/search.hpp"
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

[[noreturn]] void fail_segment_damaged(const log::SegmentName& name, const std::string& why) {
  throw Error(ExitCode::bad_data, "segment " + log::to_string(name) + ": " + why,
              "delete it there, and sync again from a machine that has these events",
              "SEGMENT_DAMAGED");
}

log::Segment decoded(const log::SegmentFile& file) {
  auto result = log::decode_segment(file.text);
  if (!result.segment) fail_segment_damaged(file.name, result.problem);
  const auto& s = *result.segment;
  if (s.replica != file.name.replica || s.first != file.name.first || s.last() != file.name.last)
    fail_segment_damaged(file.name, "it holds other events than its name says");
  return std::move(*result.segment);
}

using Bodies = std::map<std::uint64_t, log::SegmentBody>;

bool is_canonical_body(const std::string& text) {
  try {
    const auto json = Json::parse(text);
    return json.is_object() && json.canonical() == text;
  } catch (const Error&) {
    return false;
  }
}

Bodies bodies_of(const log::SegmentFile& file, const log::Segment& segment) {
  auto list = file.bodies.empty() ? file.body_list : log::decode_bodies(file.bodies);
  if (!list) fail_segment_damaged(file.name, "its bodies are malformed");
  Bodies bodies;
  for (auto& body : *list) {
    const auto event = "the body of event " + std::to_string(body.seq);
    if (body.seq < segment.first || body.seq > segment.last())
      fail_segment_damaged(file.name, event + " is none of its own");
    if (!body.sealed.empty()) continue;  // nobody here has its key: as good as missing
    const auto& header = segment.headers[body.seq - segment.first];
    if (log::body_hash(body.salt, body.json) != header.body_hash)
      fail_segment_damaged(file.name, event + " was changed");
    // Its writer hashed it so, but what is read and written again would not match the hash.
    if (!is_canonical_body(body.json))
      fail_segment_damaged(file.name, event + " is not in canonical form");
    const auto seq = body.seq;
    if (!bodies.emplace(seq, std::move(body)).second)
      fail_segment_damaged(file.name, event + " is double");
  }
  return bodies;
}

bool too_far_ahead(const log::EventHeader& header, Instant now) {
  return from_epoch_micros(header.hlc.micros) > now + kClockTolerance;
}

/// What the events that may come in now erase.
std::set<log::EventRef> erased_by(const log::Segment& segment, Instant now) {
  std::set<log::EventRef> erased;
  for (const auto& header : segment.headers) {
    if (too_far_ahead(header, now)) break;
    if (header.kind != kErased) continue;
    if (const auto target = log::event_ref_from(header.target)) erased.insert(*target);
  }
  return erased;
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

/// What may come in of a segment, and what stops the rest.
class Admission {
 public:
  Admission(Db& db, const log::Segment& segment, const Bodies& bodies, const ErasureKnown& known,
            Instant now)
      : db_(db), bodies_(bodies), within_(erased_by(segment, now)), known_(known), now_(now) {}

  /// False: this event waits, and all after it; `result` says why.
  bool admit(const log::EventHeader& header, Received& result) {
    if (too_far_ahead(header, now_)) {
      result.held_until = from_epoch_micros(header.hlc.micros) - kClockTolerance;
    } else if (!bodies_.contains(header.ref.seq) && !is_erased(header.ref)) {
      result.bodiless = true;
    } else {
      return true;
    }
    result.held = header.ref;
    return false;
  }

 private:
  bool is_erased(const log::EventRef& ref) {
    return within_.contains(ref) || erasure_is_here(db_, ref) || known_(ref);
  }

  Db& db_;
  const Bodies& bodies_;
  std::set<log::EventRef> within_;
  const ErasureKnown& known_;
  Instant now_;
};

void remember_arrival(Db& db, std::uint64_t first, std::uint64_t events, Instant now,
                      const std::string& source) {
  db.run("INSERT INTO received (position, events, received_at, source) VALUES (?, ?, ?, ?)", first,
         events, now, source);
}

log::Event store_event(LogWriter& writer, const log::EventHeader& header, const Hash256& hash,
                       const Bodies& bodies) {
  const auto body = bodies.find(header.ref.seq);
  log::Event event{header, {}, {}, body == bodies.end()};
  std::optional<std::string> text;
  if (!event.erased) {
    event.salt = body->second.salt;
    event.body = Json::parse(body->second.json);
    text = body->second.json;
  }
  writer.append(header, hash, event.salt, text);
  return event;
}

Received take_in(Store& store, const log::Segment& segment, const Bodies& bodies,
                 const std::string& source, const ErasureKnown& erasure_known) {
  auto& db = store.db();
  require_continuation(db, segment, source);
  const auto now = store.state().now();
  const auto known = head_of(db, segment.replica).seq;
  const auto position = event_count(db);
  Received result;
  Admission admission(db, segment, bodies, erasure_known, now);
  LogWriter writer(db);
  LateFold fold(db);
  watch_texts(db);
  for (std::size_t i = 0; i < segment.headers.size(); ++i) {
    const auto& header = segment.headers[i];
    if (header.ref.seq <= known) continue;
    if (!admission.admit(header, result)) break;
    fold.add(store_event(writer, header, segment.hashes[i], bodies));
    ++result.events;
  }
  fold.finish();
  settle_texts(db);
  writer.finish();
  if (result.events > 0) remember_arrival(db, position, result.events, now, source);
  return result;
}

}  // namespace

Received receive_segment(Store& store, const log::SegmentFile& file, const std::string& source,
                         const ErasureKnown& erasure_known) {
  // Everything that needs no lock comes first.
  const auto segment = decoded(file);
  const auto bodies = bodies_of(file, segment);
  auto& db = store.db();
  db.script("BEGIN IMMEDIATE");
  try {
    const auto result = take_in(store, segment, bodies, source, erasure_known);
    db.script("COMMIT");
    drop_noted_copies(db, kWaitForCopies);
    return result;
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

std::set<log::EventRef> erasures_in(const Store& store, const log::SegmentFile& file) {
  return erased_by(decoded(file), store.state().now());
}

void renounce_replica(Store& store) { set_local_fact(store.db(), "mark", ""); }

void require_same_history(const Store& store, const Uid& replica, const log::RemoteHead& remote,
                          const std::string& source) {
  const auto here = hash_of_event(store.db(), {replica, remote.seq});
  if (here && *here != remote.hash) fail_fork(replica, remote.seq, source);
}

}  // namespace nines::store
