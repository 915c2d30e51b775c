// The log's own tables, and the assembly of everybody's.
#include "store/schema.hpp"

#include <chrono>

#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/projection.hpp"

namespace nines::store {
namespace {

// `position` is the order of arrival here, and the index of the event's leaf in the Merkle tree.
// Everything else in `event` is the header (lib/domain/log/event.hpp). A tile is the hash of 256
// leaves (level 8), or of 256 tiles (level 16, 24). `received` says when events of others came
// here, and from where: `events` of them from `position` on.
constexpr std::string_view kLogTables = R"sql(
CREATE TABLE local (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE event (
  position INTEGER PRIMARY KEY,
  replica BLOB NOT NULL,
  seq INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  hlc_counter INTEGER NOT NULL,
  tx BLOB NOT NULL,
  tx_index INTEGER NOT NULL,
  kind TEXT NOT NULL,
  kind_version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  target TEXT NOT NULL,
  actor BLOB NOT NULL,
  occurred_at INTEGER NOT NULL,
  occurred_precision TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  body_hash BLOB NOT NULL,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL,
  format INTEGER NOT NULL
);
CREATE UNIQUE INDEX event_ref ON event (replica, seq);
CREATE INDEX event_subject ON event (subject, hlc, hlc_counter, replica, seq);
CREATE INDEX event_time ON event (hlc, hlc_counter, replica, seq);
CREATE INDEX event_tx ON event (tx);
CREATE TABLE body (
  position INTEGER PRIMARY KEY,
  salt BLOB NOT NULL,
  json TEXT NOT NULL
);
CREATE TABLE tile (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, number)
) WITHOUT ROWID;
CREATE TABLE received (
  position INTEGER PRIMARY KEY,
  events INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  source TEXT NOT NULL
);
)sql";

}  // namespace

std::string log_tables() { return std::string(kLogTables) + std::string(kLeftOutTables); }

std::string content_tables() {
  std::string ddl;
  for (const auto& aggregate : aggregates()) ddl += aggregate.content;
  return ddl;
}

std::string projection_tables() {
  std::string ddl;
  for (const auto& aggregate : aggregates()) ddl += aggregate.tables;
  return ddl;
}

std::vector<std::string> table_names(const std::string& ddl) {
  Db db({}, Access::memory, std::chrono::milliseconds{0});
  db.script(ddl);
  std::vector<std::string> names;
  auto rows = db.query(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
      "AND name NOT LIKE 'sqlite_%' ORDER BY name");
  while (rows.step()) names.push_back(rows.text(0));
  return names;
}

}  // namespace nines::store
