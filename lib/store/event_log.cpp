// The SQL of the event table and its neighbours.
#include "store/event_log.hpp"

#include <charconv>

#include "base/error.hpp"

namespace nines::store {

const std::string kLiveEventsOfSubject = event_select(
    "WHERE e.subject = ? AND e.tx NOT IN (SELECT tx FROM undone) AND NOT EXISTS "
    "(SELECT 1 FROM erased x WHERE x.replica = e.replica AND x.seq = e.seq) "
    "AND b.position IS NOT NULL ORDER BY e.hlc, e.hlc_counter, e.replica, e.seq");

std::string event_select(std::string_view rest) {
  return "SELECT e.replica, e.seq, e.hlc, e.hlc_counter, e.tx, e.tx_index, e.kind, e.kind_version, "
         "e.subject, e.target, e.actor, e.occurred_at, e.occurred_precision, e.recorded_at, "
         "e.body_hash, e.prev, e.format, e.hash, e.position, b.salt, b.json "
         "FROM event e LEFT JOIN body b ON b.position = e.position " +
         std::string(rest);
}

log::EventHeader header_at(const Query& row) {
  log::EventHeader h;
  h.ref = {row.uid(0), static_cast<std::uint64_t>(row.integer(1))};
  h.hlc = {row.integer(2), static_cast<std::uint32_t>(row.integer(3))};
  h.tx = row.uid(4);
  h.tx_index = static_cast<std::uint32_t>(row.integer(5));
  h.kind = row.text(6);
  h.kind_version = static_cast<int>(row.integer(7));
  h.subject = row.text(8);
  h.target = row.text(9);
  h.actor = row.uid(10);
  h.occurred_at = row.instant(11);
  h.occurred_precision = precision_from(row.text(12)).value_or(Precision::unknown);
  h.recorded_at = row.instant(13);
  h.body_hash = row.hash256(14);
  h.prev = row.hash256(15);
  h.format = static_cast<int>(row.integer(16));
  return h;
}

Hash256 stored_hash_at(const Query& row) { return row.hash256(17); }
std::int64_t position_at(const Query& row) { return row.integer(18); }

log::Event event_at(const Query& row) {
  log::Event event{header_at(row), {}, {}, row.null(20)};
  if (event.erased) return event;
  event.salt = row.hash128(19);
  event.body = Json::parse(row.text(20), log::to_string(event.header.ref));
  return event;
}

Head head_of(Db& db, const Uid& replica) {
  auto row =
      db.query("SELECT seq, hash FROM event WHERE replica = ? ORDER BY seq DESC LIMIT 1", replica);
  if (!row.step()) return {};
  return {static_cast<std::uint64_t>(row.integer(0)), row.hash256(1)};
}

// Hops from replica to replica along the index, however long their logs are.
std::map<Uid, Head> all_heads(Db& db) {
  std::map<Uid, Head> heads;
  auto replicas = db.query(
      "WITH RECURSIVE r(id) AS (SELECT min(replica) FROM event UNION ALL "
      "SELECT (SELECT min(replica) FROM event WHERE replica > r.id) FROM r WHERE r.id IS NOT NULL) "
      "SELECT id FROM r WHERE id IS NOT NULL");
  while (replicas.step()) heads.emplace(replicas.uid(0), head_of(db, replicas.uid(0)));
  return heads;
}

std::optional<Hash256> hash_of_event(Db& db, const log::EventRef& ref) {
  auto row = db.query("SELECT hash FROM event WHERE replica = ? AND seq = ?", ref.replica, ref.seq);
  if (!row.step()) return std::nullopt;
  return row.hash256(0);
}

std::int64_t number_of_event(Db& db, const log::EventRef& ref) {
  return db
      .integer("SELECT position + 1 FROM event WHERE replica = ? AND seq = ?", ref.replica, ref.seq)
      .value_or(0);
}

log::Hlc latest_hlc(Db& db) {
  auto row =
      db.query("SELECT hlc, hlc_counter FROM event ORDER BY hlc DESC, hlc_counter DESC LIMIT 1");
  if (!row.step()) return {};
  return {row.integer(0), static_cast<std::uint32_t>(row.integer(1))};
}

std::uint64_t event_count(Db& db) {
  return static_cast<std::uint64_t>(
      db.integer("SELECT position + 1 FROM event ORDER BY position DESC LIMIT 1").value_or(0));
}

std::optional<log::Event> find_event(Db& db, const log::EventRef& ref) {
  static const auto kSql = event_select("WHERE e.replica = ? AND e.seq = ?");
  auto row = db.query(kSql, ref.replica, ref.seq);
  if (!row.step()) return std::nullopt;
  return event_at(row);
}

bool erasure_is_here(Db& db, const log::EventRef& ref) {
  const auto name = log::to_string(ref);
  return db
      .integer("SELECT 1 FROM event WHERE subject = ? AND kind = ? AND target = ? LIMIT 1",
               "event/" + name, kErased, name)
      .has_value();
}

std::vector<log::EventRef> erasures_since(Db& db, std::uint64_t position) {
  std::vector<log::EventRef> erased;
  auto rows =
      db.query("SELECT target FROM event WHERE position >= ? AND kind = ? ORDER BY position",
               position, kErased);
  while (rows.step())
    if (const auto ref = log::event_ref_from(rows.text(0))) erased.push_back(*ref);
  return erased;
}

void insert_event(Db& db, std::uint64_t position, const log::EventHeader& h, const Hash256& hash,
                  const log::Salt& salt, const std::optional<std::string>& body) {
  db.run(
      "INSERT INTO event (position, replica, seq, hlc, hlc_counter, tx, tx_index, kind, "
      "kind_version, "
      "subject, target, actor, occurred_at, occurred_precision, recorded_at, body_hash, prev, "
      "hash, "
      "format) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      position, h.ref.replica, h.ref.seq, h.hlc.micros, h.hlc.counter, h.tx, h.tx_index, h.kind,
      h.kind_version, h.subject, h.target, h.actor, h.occurred_at, to_string(h.occurred_precision),
      h.recorded_at, h.body_hash, h.prev, hash, h.format);
  if (body)
    db.run("INSERT INTO body (position, salt, json) VALUES (?, ?, ?)", position, salt, *body);
}

std::optional<std::string> local_fact(Db& db, std::string_view name) {
  auto row = db.query("SELECT value FROM local WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  return row.blob(0);
}

std::uint64_t local_count(Db& db, std::string_view name) {
  const auto text = local_fact(db, name).value_or("");
  std::uint64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

void set_local_fact(Db& db, std::string_view name, std::string_view value) {
  db.run(
      "INSERT INTO local (name, value) VALUES (?, ?) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, std::span(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
}

}  // namespace nines::store
