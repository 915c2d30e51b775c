// Decides for each event which rows change: its own, its subject's, or those of a whole command.
#include "store/fold.hpp"

#include <limits>
#include <map>
#include <set>
#include <string>

#include "store/copies.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/evidence.hpp"
#include "store/left_out.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kTxPrefix = "tx/";
constexpr std::string_view kEventPrefix = "event/";

using Subjects = std::set<std::string, std::less<>>;

Subjects subjects_of_tx(Db& db, const Uid& tx) {
  Subjects subjects;
  auto rows = db.query("SELECT DISTINCT subject FROM event WHERE tx = ?", tx);
  while (rows.step()) subjects.insert(rows.text(0));
  return subjects;
}

void apply(Db& db, const log::Event& event) {
  // Seen as of a time before its erasure, or left at a place: there is nothing to fold.
  if (event.erased) return;
  const auto* projection = projection_of(event.header);
  if (projection == nullptr) return;
  projection->apply(db, event);
  put_reason(db, event);
}

void refold_subjects_of_tx(Db& db, const Uid& tx) {
  for (const auto& subject : subjects_of_tx(db, tx)) refold_subject(db, subject);
}

/// The text of an erased event goes, and every row it had made.
void forget_body(Db& db, const log::EventRef& target) {
  db.run(
      "DELETE FROM body WHERE position = (SELECT position FROM event WHERE replica = ? AND seq = "
      "?)",
      target.replica, target.seq);
  if (const auto event = find_event(db, target)) {
    refold_subject(db, event->header.subject);
    drop_unnamed_evidence(db, event->header.subject);
  }
  forget_words(db);
  note_copies(db);
}

/// Events about other events move those events' subjects too.
void follow_up(Db& db, const log::EventHeader& header) {
  if (header.subject.starts_with(kTxPrefix)) {
    if (const auto tx = Uid::parse(header.target)) refold_subjects_of_tx(db, *tx);
  } else if (header.subject.starts_with(kEventPrefix)) {
    if (const auto target = log::event_ref_from(header.target)) forget_body(db, *target);
  }
}

bool is_dead(Db& db, const log::EventHeader& h) {
  return db.integer("SELECT 1 FROM undone WHERE tx = ?", h.tx).has_value() ||
         db.integer("SELECT 1 FROM erased WHERE replica = ? AND seq = ?", h.ref.replica, h.ref.seq)
             .has_value();
}

// What is undone or erased must be known before the rest is folded.
constexpr std::string_view kAboutEvents =
    "SELECT position FROM event WHERE kind IN ('log.undone', 'log.redone', 'log.erased') "
    "AND hlc > ? ORDER BY hlc, hlc_counter, replica, seq";
constexpr std::string_view kOthers =
    "SELECT e.position FROM event e "
    "WHERE e.kind NOT IN ('log.undone', 'log.redone', 'log.erased') AND e.hlc > ? "
    "AND e.tx NOT IN (SELECT tx FROM undone) AND NOT EXISTS "
    "(SELECT 1 FROM erased x WHERE x.replica = e.replica AND x.seq = e.seq) "
    "ORDER BY e.hlc, e.hlc_counter, e.replica, e.seq";
constexpr auto kFromTheFirst = std::numeric_limits<std::int64_t>::min();

/// Positions first: a statement that is being read may be ended by tables made meanwhile.
std::uint64_t fold_matching(Db& db, std::string_view select_positions, std::int64_t since,
                            const Subjects& but_of = {}) {
  static const auto kOne = event_select("WHERE e.position = ?");
  std::vector<std::int64_t> positions;
  {
    auto rows = db.query(select_positions, since);
    while (rows.step()) positions.push_back(rows.integer(0));
  }
  for (const auto position : positions) {
    auto row = db.query(kOne, position);
    if (!row.step()) continue;
    const auto event = event_at(row);
    row.rewind();
    if (!but_of.contains(event.header.subject)) apply(db, event);
  }
  return positions.size();
}

/// Those whose earlier events are undone, redone or erased by later ones.
Subjects subjects_moved_since(Db& db, std::int64_t hlc) {
  Subjects moved;
  auto rows = db.query(
      "SELECT subject, target FROM event WHERE kind IN ('log.undone', 'log.redone', 'log.erased') "
      "AND hlc > ?",
      hlc);
  while (rows.step()) {
    if (rows.text(0).starts_with(kTxPrefix)) {
      if (const auto tx = Uid::parse(rows.text(1))) moved.merge(subjects_of_tx(db, *tx));
    } else if (const auto target = log::event_ref_from(rows.text(1))) {
      if (const auto event = find_event(db, *target)) moved.insert(event->header.subject);
    }
  }
  return moved;
}

}  // namespace

const Aggregate* aggregate_of(std::string_view subject) {
  static const auto kByPrefix = [] {
    std::map<std::string_view, const Aggregate*> map;
    for (const auto& aggregate : aggregates()) map.emplace(aggregate.prefix, &aggregate);
    return map;
  }();
  const auto found = kByPrefix.find(subject.substr(0, subject.find('/') + 1));
  return found == kByPrefix.end() ? nullptr : found->second;
}

const Projection* projection_of(const log::EventHeader& header) {
  const auto* aggregate = aggregate_of(header.subject);
  if (aggregate == nullptr) return nullptr;
  for (const auto& projection : aggregate->kinds)
    if (projection.kind == header.kind) return &projection;
  return nullptr;
}

bool is_bookkeeping(std::string_view kind) {
  return kind.starts_with("log.") || kind.starts_with("actor.") || kind.starts_with("replica.") ||
         kind.starts_with("key.");
}

void fold_newest(Db& db, const log::Event& event) {
  apply(db, event);
  follow_up(db, event.header);
}

bool is_late(Db& db, const log::EventHeader& h) {
  return db
      .integer(
          "SELECT 1 FROM event WHERE subject = ? AND (hlc, hlc_counter, replica, seq) > (?, ?, ?, "
          "?) "
          "LIMIT 1",
          h.subject, h.hlc.micros, h.hlc.counter, h.ref.replica, h.ref.seq)
      .has_value();
}

void fold_event(Db& db, const log::Event& event) {
  if (is_dead(db, event.header)) return;
  if (is_late(db, event.header))
    refold_subject(db, event.header.subject);
  else
    apply(db, event);
  follow_up(db, event.header);
}

void refold_subject(Db& db, std::string_view subject) {
  const auto* aggregate = aggregate_of(subject);
  if (aggregate == nullptr) return;
  aggregate->clear(db, subject);
  drop_texts(db, subject);
  name_left_out(db, subject);
  auto rows = db.query(kLiveEventsOfSubject, subject);
  while (rows.step()) apply(db, event_at(rows));
}

std::uint64_t fold_everything(Db& db) {
  const auto about = fold_matching(db, kAboutEvents, kFromTheFirst);
  name_all_left_out(db);
  return about + fold_matching(db, kOthers, kFromTheFirst);
}

// A later event is the newest of its subject, except where an earlier one comes or goes.
std::uint64_t fold_since(Db& db, std::int64_t hlc) {
  const auto moved = subjects_moved_since(db, hlc);
  const auto about = fold_matching(db, kAboutEvents, hlc);
  name_all_left_out(db);
  const auto others = fold_matching(db, kOthers, hlc, moved);
  for (const auto& subject : moved) refold_subject(db, subject);
  return about + others;
}

std::vector<UnknownKind> unknown_kinds(Db& db) {
  std::vector<UnknownKind> unknown;
  auto rows = db.query(
      "SELECT kind, subject, count(*) FROM event GROUP BY kind, "
      "substr(subject, 1, instr(subject, '/')) ORDER BY kind");
  while (rows.step()) {
    log::EventHeader header;
    header.kind = rows.text(0);
    header.subject = rows.text(1);
    if (projection_of(header) == nullptr) unknown.push_back({header.kind, rows.integer(2)});
  }
  return unknown;
}

}  // namespace nines::store
