// Decides for each event which rows change: its own, its subject's, or those of a whole command.
#include "store/fold.hpp"

#include <map>
#include <set>
#include <string>

#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/evidence.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kTxPrefix = "tx/";
constexpr std::string_view kEventPrefix = "event/";

void apply(Db& db, const log::Event& event) {
  if (event.erased) return;  // seen as of a time before its erasure: there is nothing to fold
  const auto* projection = projection_of(event.header);
  if (projection == nullptr) return;
  projection->apply(db, event);
  put_reason(db, event);
}

void refold_subjects_of_tx(Db& db, const Uid& tx) {
  std::set<std::string> subjects;
  {
    auto rows = db.query("SELECT DISTINCT subject FROM event WHERE tx = ?", tx);
    while (rows.step()) subjects.insert(rows.text(0));
  }
  for (const auto& subject : subjects) refold_subject(db, subject);
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

/// Positions first: a statement that is being read may be ended by tables made meanwhile.
void fold_matching(Db& db, std::string_view select_positions) {
  static const auto kOne = event_select("WHERE e.position = ?");
  std::vector<std::int64_t> positions;
  {
    auto rows = db.query(select_positions);
    while (rows.step()) positions.push_back(rows.integer(0));
  }
  for (const auto position : positions) {
    auto row = db.query(kOne, position);
    if (!row.step()) continue;
    const auto event = event_at(row);
    row.rewind();
    apply(db, event);
  }
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
  auto rows = db.query(kLiveEventsOfSubject, subject);
  while (rows.step()) apply(db, event_at(rows));
}

void fold_everything(Db& db) {
  // What is undone or erased must be known before the rest is folded.
  constexpr std::string_view kAboutEvents =
      "SELECT position FROM event WHERE kind IN ('log.undone', 'log.redone', 'log.erased') "
      "ORDER BY hlc, hlc_counter, replica, seq";
  constexpr std::string_view kOthers =
      "SELECT e.position FROM event e "
      "WHERE e.kind NOT IN ('log.undone', 'log.redone', 'log.erased') "
      "AND e.tx NOT IN (SELECT tx FROM undone) AND NOT EXISTS "
      "(SELECT 1 FROM erased x WHERE x.replica = e.replica AND x.seq = e.seq) "
      "ORDER BY e.hlc, e.hlc_counter, e.replica, e.seq";
  fold_matching(db, kAboutEvents);
  fold_matching(db, kOthers);
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
