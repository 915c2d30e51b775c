// Reads the list of what is not here, and speaks of it.
#include "store/left_out.hpp"

#include "base/json.hpp"
#include "base/shell_word.hpp"
#include "base/text.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/left_out_rows.hpp"
#include "store/numbers.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"
#include "store/uids_in_text.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kRule = "left out";

Json rule_json(Db& db) {
  const auto text = local_fact(db, kRule);
  return text && !text->empty() ? Json::parse(*text, "the rule of what is left out") : Json();
}

LeftOutStatement statement_in(const log::Event& event) {
  return {event.header.ref, static_cast<std::uint64_t>(event.body.integer("bodies")),
          event.body.text("digest")};
}

std::string place_word(Db& db) {
  const auto rule = left_out(db);
  return rule ? shell_word(rule->place) : "PLACE";
}

}  // namespace

const std::string_view kLeftOutTables = R"sql(
CREATE TABLE IF NOT EXISTS left_out (
  position INTEGER PRIMARY KEY
);
CREATE TABLE IF NOT EXISTS left_out_subject (
  subject TEXT PRIMARY KEY,
  record INTEGER NOT NULL,
  uid BLOB NOT NULL,
  prefix TEXT,
  number INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS left_out_record ON left_out_subject (record);
CREATE INDEX IF NOT EXISTS left_out_uid ON left_out_subject (uid);
CREATE TABLE IF NOT EXISTS left_out_origin (
  origin BLOB NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (origin, subject)
) WITHOUT ROWID;
)sql";

std::optional<LeftOut> left_out(Db& db) {
  const auto json = rule_json(db);
  if (!json.is_object()) return std::nullopt;
  return LeftOut{json.text("since"),
                 json.text("place"),
                 json.text("remote"),
                 from_epoch_micros(json.integer("bound_us")),
                 static_cast<std::uint64_t>(json.integer("records")),
                 static_cast<std::uint64_t>(json.integer("bodies")),
                 json.text("event")};
}

void set_left_out_rule(Db& db, const LeftOut& rule) {
  set_local_fact(db, kRule,
                 Json::object({{"since", rule.since},
                               {"place", rule.place},
                               {"remote", rule.remote},
                               {"bound_us", epoch_micros(rule.bound)},
                               {"records", rule.records},
                               {"bodies", rule.bodies},
                               {"event", rule.event}})
                     .canonical());
}

bool lacks_records(Db& db) {
  return db.integer("SELECT 1 FROM left_out_subject LIMIT 1").has_value();
}

void watch_record_reads(Store& store) {
  if (!lacks_records(store.db())) return;
  std::set<std::string, std::less<>> tables{"body", "search", "search_text"};
  for (const auto& aggregate : aggregates()) {
    constexpr std::string_view kTable = "CREATE TABLE ";
    if (!aggregate.unfinished) continue;
    for (auto at = aggregate.tables.find(kTable); at != std::string_view::npos;
         at = aggregate.tables.find(kTable, at + 1)) {
      const auto name = aggregate.tables.substr(at + kTable.size());
      tables.emplace(name.substr(0, name.find(' ')));
    }
  }
  store.db().watch_reads(std::move(tables));
}

bool has_read_records(const Store& store) { return store.db().has_read_watched(); }

bool is_left_out(Db& db, std::string_view subject) {
  return db.integer("SELECT 1 FROM left_out_subject WHERE subject = ?", subject).has_value();
}

bool is_left_out_at(Db& db, std::int64_t position) {
  return db.integer("SELECT 1 FROM left_out WHERE position = ?", position).has_value();
}

Error not_here(Db& db, std::string_view subject) {
  const auto name = name_of(db, subject);
  const auto rule = left_out(db);
  return Error(ExitCode::not_found,
               name + " is not here: it is finished" +
                   (rule ? ", had no news since " + format_utc(rule->bound).substr(0, 10) +
                               ", and was left at " + rule->place
                         : std::string()),
               "nines sync " + place_word(db) + " --record " + shell_word(name) + " brings it",
               "RECORD_NOT_HERE");
}

void require_here(Db& db, std::string_view subject) {
  if (is_left_out(db, subject)) throw not_here(db, subject);
}

void require_origin_here(Db& db, std::string_view system, std::string_view reference) {
  const auto found = db.text("SELECT subject FROM left_out_origin WHERE origin = ?",
                             origin_key(system, reference));
  if (found) throw not_here(db, *found);
}

void name_left_out(Db& db, std::string_view subject) {
  auto row = db.query(
      "SELECT prefix, number, uid FROM left_out_subject WHERE subject = ? AND prefix IS NOT NULL",
      subject);
  if (!row.step()) return;
  const auto prefix = row.text(0);
  const auto number = row.integer(1);
  const auto uid = row.uid(2);
  row.rewind();
  put_number(db, prefix, number, uid, subject);
}

// As of an earlier time, what was recorded later has no name yet.
void name_all_left_out(Db& db) {
  std::vector<std::string> nameless;
  {
    auto rows = db.query(
        "SELECT s.subject FROM left_out_subject s WHERE s.prefix IS NOT NULL AND "
        "s.subject NOT IN (SELECT subject FROM number) AND "
        "EXISTS (SELECT 1 FROM event e WHERE e.subject = s.subject) ORDER BY s.subject");
    while (rows.step()) nameless.push_back(rows.text(0));
  }
  for (const auto& subject : nameless) name_left_out(db, subject);
}

std::set<std::int64_t> left_out_records(Db& db, const std::vector<std::string>& subjects) {
  std::set<std::int64_t> records;
  for (const auto& subject : subjects)
    if (const auto record =
            db.integer("SELECT record FROM left_out_subject WHERE subject = ?", subject))
      records.insert(*record);
  return records;
}

std::set<std::int64_t> all_left_out_records(Db& db) {
  std::set<std::int64_t> records;
  auto rows = db.query("SELECT DISTINCT record FROM left_out_subject");
  while (rows.step()) records.insert(rows.integer(0));
  return records;
}

std::string name_of_left_out(Db& db, std::int64_t record) {
  const auto subject = db.text(
      "SELECT subject FROM left_out_subject WHERE record = ? "
      "ORDER BY subject NOT GLOB 'incident/*', prefix IS NULL, subject LIMIT 1",
      record);
  return subject ? name_of(db, *subject) : std::to_string(record);
}

std::set<std::int64_t> left_out_touched(const Store& store, const log::SegmentFile& file) {
  auto& db = store.db();
  std::set<std::int64_t> touched;
  if (!lacks_records(db)) return touched;
  const auto decoded = log::decode_segment(file.text);
  const auto bodies = file.bodies.empty() ? file.body_list : log::decode_bodies(file.bodies);
  if (!decoded.segment || !bodies) return touched;  // who takes it in says what is wrong
  const auto& segment = *decoded.segment;
  const auto known = head_of(db, segment.replica).seq;
  std::vector<std::string> subjects;
  for (const auto& header : segment.headers) {
    if (header.ref.seq <= known) continue;
    subjects.push_back(header.subject);
    // An undo of something in the record; an erasure needs nothing but the event itself.
    if (header.kind != "log.undone" && header.kind != "log.redone") continue;
    if (const auto tx = Uid::parse(header.target)) {
      auto rows = db.query("SELECT DISTINCT subject FROM event WHERE tx = ?", *tx);
      while (rows.step()) subjects.push_back(rows.text(0));
    }
  }
  touched = left_out_records(db, subjects);
  for (const auto& body : *bodies) {
    if (body.seq <= known || body.seq < segment.first || body.seq > segment.last()) continue;
    if (!may_be_left_out(segment.headers[body.seq - segment.first].subject)) continue;
    for_each_uid(body.json, [&](const Uid& uid) {
      if (const auto record =
              db.integer("SELECT record FROM left_out_subject WHERE uid = ? LIMIT 1", uid))
        touched.insert(*record);
    });
  }
  return touched;
}

std::map<Uid, std::set<std::uint64_t>> bodies_left_out(Db& db,
                                                       const std::set<std::int64_t>& records) {
  std::map<Uid, std::set<std::uint64_t>> wanted;
  for (const auto record : records) {
    auto rows = db.query(
        "SELECT e.replica, e.seq FROM left_out_subject s JOIN event e ON e.subject = s.subject "
        "JOIN left_out l ON l.position = e.position LEFT JOIN body b ON b.position = e.position "
        "WHERE s.record = ? AND b.position IS NULL",
        record);
    while (rows.step()) {
      const log::EventRef ref{rows.uid(0), static_cast<std::uint64_t>(rows.integer(1))};
      if (!erasure_is_here(db, ref)) wanted[ref.replica].insert(ref.seq);
    }
  }
  return wanted;
}

std::optional<LeftOutStatement> newest_statement(Db& db, const Uid& replica) {
  static const auto kSql = event_select(
      "WHERE e.subject = ? AND e.kind = ? AND e.replica = ? ORDER BY e.seq DESC LIMIT 1");
  auto row = db.query(kSql, "replica/" + replica.to_string(), kLeftOut, replica);
  if (!row.step()) return std::nullopt;
  return statement_in(event_at(row));
}

std::optional<LeftOutStatement> statement_here(Db& db) {
  const auto rule = left_out(db);
  const auto ref = rule ? log::event_ref_from(rule->event) : std::nullopt;
  const auto event = ref ? find_event(db, *ref) : std::nullopt;
  if (!event || event->header.kind != kLeftOut) return std::nullopt;
  return statement_in(*event);
}

std::string left_out_digest(Db& db) {
  Sha256 digest;
  auto rows = db.query(
      "SELECT e.hash FROM left_out l JOIN event e ON e.position = l.position ORDER BY l.position");
  while (rows.step()) digest.add(as_text(rows.hash256(0)));
  return to_hex(digest.finish());
}

bool may_be_left_out(std::string_view subject) {
  const auto* aggregate = aggregate_of(subject);
  return aggregate != nullptr && aggregate->unfinished.has_value();
}

Hash128 origin_key(std::string_view system, std::string_view reference) {
  return xxh3_128(std::string(system) + "\n" + std::string(reference));
}

}  // namespace nines::store
