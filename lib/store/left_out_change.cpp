// Leaves records out, and puts them back.
#include <algorithm>

#include "base/json.hpp"
#include "store/copies.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/left_out.hpp"
#include "store/left_out_rows.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

/// Bodies that go or come in one commit: others wait no longer than for any other command.
constexpr std::size_t kAtOnce = 2000;

template <class Work>
void in_transaction(Db& db, const Work& work) {
  db.script("BEGIN IMMEDIATE");
  try {
    watch_texts(db);
    work();
    settle_texts(db);
    db.script("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

void list_origins(Db& db, const std::string& subject, const Uid& uid) {
  auto rows = db.query(
      "SELECT origin_system, origin_reference FROM incident WHERE uid = ?1 AND origin_system <> '' "
      "UNION SELECT system, reference FROM incident_source WHERE incident = ?1",
      uid);
  while (rows.step())
    db.run("INSERT OR IGNORE INTO left_out_origin (origin, subject) VALUES (?, ?)",
           origin_key(rows.text(0), rows.text(1)), subject);
}

void list_tracker(Db& db, const std::string& subject, const Uid& uid) {
  const auto tracker =
      db.text("SELECT value FROM action_field WHERE action = ? AND field = 'tracker'", uid);
  if (tracker)
    db.run("INSERT OR IGNORE INTO left_out_origin (origin, subject) VALUES (?, ?)",
           origin_key(kTrackerItems, *tracker), subject);
}

void list_subject(Db& db, const std::string& subject, std::int64_t record) {
  const auto uid = record_uid(subject).value_or(Uid{});
  std::optional<std::string> prefix;
  std::optional<std::int64_t> number;
  {
    auto row = db.query("SELECT prefix, number FROM number WHERE subject = ?", subject);
    if (row.step()) {
      prefix = row.text(0);
      number = row.integer(1);
    }
  }
  db.run(
      "INSERT OR REPLACE INTO left_out_subject (subject, record, uid, prefix, number) "
      "VALUES (?, ?, ?, ?, ?)",
      subject, record, uid, prefix, number);
  if (subject.starts_with("incident/")) list_origins(db, subject, uid);
  if (subject.starts_with("action/")) list_tracker(db, subject, uid);
}

void list_record(Db& db, const WholeRecord& record) {
  std::vector<std::int64_t> positions;
  for (const auto& ref : record.events) positions.push_back(number_of_event(db, ref) - 1);
  const auto first = std::ranges::min(positions);
  for (const auto& subject : record.subjects) list_subject(db, subject, first);
  for (const auto position : positions)
    db.run("INSERT OR IGNORE INTO left_out (position) VALUES (?)", position);
}

/// The rule with what is on the list now.
LeftOut counted(Db& db, LeftOut rule) {
  const auto count = [&](std::string_view sql) {
    return static_cast<std::uint64_t>(db.integer(sql).value_or(0));
  };
  rule.records = count("SELECT count(DISTINCT record) FROM left_out_subject");
  rule.bodies = count("SELECT count(*) FROM left_out");
  return rule;
}

void state_list(Transaction& tx, Store& store, const LeftOut& rule) {
  auto& db = store.db();
  auto now = counted(db, rule);
  log::NewEvent event{.kind = std::string(kLeftOut),
                      .subject = "replica/" + store.replica().to_string()};
  event.body.set("since", now.since)
      .set("place", now.place)
      .set("remote", now.remote)
      .set("records", now.records)
      .set("bodies", now.bodies)
      .set("digest", left_out_digest(db));
  now.event = log::to_string(tx.append(event));
  set_left_out_rule(db, now);
}

/// Subjects of one or several whole records, with about as many bodies as one commit takes.
std::vector<std::vector<std::string>> portions_to_sweep(Db& db) {
  std::vector<std::vector<std::string>> portions;
  std::size_t bodies = kAtOnce;
  std::int64_t before = -1;
  auto rows = db.query(
      "SELECT s.record, s.subject, count(*) FROM left_out l JOIN body b ON b.position = l.position "
      "JOIN event e ON e.position = l.position JOIN left_out_subject s ON s.subject = e.subject "
      "GROUP BY s.record, s.subject ORDER BY s.record, s.subject");
  while (rows.step()) {
    if (bodies >= kAtOnce && rows.integer(0) != before) {
      portions.emplace_back();
      bodies = 0;
    }
    before = rows.integer(0);
    portions.back().push_back(rows.text(1));
    bodies += static_cast<std::size_t>(rows.integer(2));
  }
  return portions;
}

void sweep_subject(Db& db, const std::string& subject) {
  db.run(
      "DELETE FROM body WHERE position IN (SELECT e.position FROM event e JOIN left_out l "
      "ON l.position = e.position WHERE e.subject = ?)",
      subject);
  refold_subject(db, subject);
}

bool is_whole(Db& db, std::int64_t record, const BodiesByEvent& bodies) {
  for (const auto& [replica, seqs] : bodies_left_out(db, {record}))
    for (const auto seq : seqs)
      if (!bodies.contains({replica, seq})) return false;
  return true;
}

void put_body(Db& db, const log::EventRef& ref, const log::SegmentBody& body) {
  const auto event = find_event(db, ref);
  if (!event || log::body_hash(body.salt, body.json) != event->header.body_hash)
    throw Error(ExitCode::bad_data, "the body of event " + log::to_string(ref) + " was changed there",
                "sync from another place that has it", "SEGMENT_DAMAGED");
  db.run("INSERT INTO body (position, salt, json) VALUES (?, ?, ?)", number_of_event(db, ref) - 1,
         body.salt, body.json);
}

std::vector<std::string> subjects_of(Db& db, std::int64_t record) {
  std::vector<std::string> subjects;
  auto rows = db.query("SELECT subject FROM left_out_subject WHERE record = ?", record);
  while (rows.step()) subjects.push_back(rows.text(0));
  return subjects;
}

/// How many bodies it took.
std::size_t put_record(Db& db, std::int64_t record, const BodiesByEvent& bodies) {
  std::size_t count = 0;
  for (const auto& [replica, seqs] : bodies_left_out(db, {record}))
    for (const auto seq : seqs) {
      put_body(db, {replica, seq}, bodies.at({replica, seq}));
      ++count;
    }
  for (const auto& subject : subjects_of(db, record)) refold_subject(db, subject);
  return count;
}

}  // namespace

void list_left_out(Transaction& tx, Store& store, const std::vector<WholeRecord>& records,
                   const LeftOut& rule) {
  for (const auto& record : records)
    if (!record.events.empty()) list_record(store.db(), record);
  state_list(tx, store, rule);
}

std::uint64_t sweep_left_out(Store& store) {
  auto& db = store.db();
  if (!lacks_records(db)) return 0;
  std::uint64_t swept = 0;
  for (const auto& portion : portions_to_sweep(db)) {
    in_transaction(db, [&] {
      for (const auto& subject : portion) {
        sweep_subject(db, subject);
        ++swept;
      }
      note_copies(db);  // saved tables of the past hold what was swept
    });
    drop_noted_copies(db, kWaitForCopies);
  }
  return swept;
}

void give_space_back(Store& store) {
  auto& db = store.db();
  const auto free = db.integer("PRAGMA freelist_count").value_or(0);
  const auto pages = db.integer("PRAGMA page_count").value_or(0);
  if (free * 8 < pages || free < 256) return;
  try {
    db.script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const Error&) {
    // Somebody reads or writes, or the disk is full: the pages are used again, or freed next time.
  }
}

std::set<std::int64_t> put_back(Store& store, const std::set<std::int64_t>& records,
                                const BodiesByEvent& bodies) {
  auto& db = store.db();
  std::set<std::int64_t> whole;
  for (auto next = records.begin(); next != records.end();)
    in_transaction(db, [&] {
      for (std::size_t count = 0; next != records.end() && count < kAtOnce; ++next)
        if (is_whole(db, *next, bodies)) {
          count += put_record(db, *next, bodies);
          whole.insert(*next);
        }
    });
  return whole;
}

void unlist(Transaction& tx, Store& store, const std::set<std::int64_t>& records) {
  auto& db = store.db();
  for (const auto record : records) {
    db.run(
        "DELETE FROM left_out WHERE position IN (SELECT e.position FROM left_out_subject s JOIN "
        "event e ON e.subject = s.subject WHERE s.record = ?)",
        record);
    db.run(
        "DELETE FROM left_out_origin WHERE subject IN "
        "(SELECT subject FROM left_out_subject WHERE record = ?)",
        record);
    db.run("DELETE FROM left_out_subject WHERE record = ?", record);
  }
  state_list(tx, store, left_out(db).value_or(LeftOut{}));
}

}  // namespace nines::store
