// Folds of the events that are about other events, and about who wrote them.
#include "store/log_aggregates.hpp"

#include <array>

#include "store/db.hpp"
#include "store/knowledge.hpp"
#include "store/left_out.hpp"

namespace nines::store {
namespace {

/// What follows the first '/' of a subject.
std::string_view key_of(std::string_view subject) { return subject.substr(subject.find('/') + 1); }

void apply_undone(Db& db, const log::Event& event) {
  if (const auto tx = Uid::parse(event.header.target))
    db.run("INSERT OR REPLACE INTO undone (tx, by_replica, by_seq) VALUES (?, ?, ?)", *tx,
           event.header.ref.replica, event.header.ref.seq);
}

void apply_redone(Db& db, const log::Event& event) {
  if (const auto tx = Uid::parse(event.header.target))
    db.run("DELETE FROM undone WHERE tx = ?", *tx);
}

void clear_tx(Db& db, std::string_view subject) {
  if (const auto tx = Uid::parse(key_of(subject))) db.run("DELETE FROM undone WHERE tx = ?", *tx);
}

void apply_erased(Db& db, const log::Event& event) {
  if (const auto target = log::event_ref_from(event.header.target))
    db.run("INSERT OR IGNORE INTO erased (replica, seq) VALUES (?, ?)", target->replica,
           target->seq);
}

void clear_erased(Db& db, std::string_view subject) {
  if (const auto ref = log::event_ref_from(key_of(subject)))
    db.run("DELETE FROM erased WHERE replica = ? AND seq = ?", ref->replica, ref->seq);
}

void apply_actor(Db& db, const log::Event& event) {
  if (const auto uid = Uid::parse(key_of(event.header.subject)))
    db.run("INSERT OR REPLACE INTO actor (uid, replica, name) VALUES (?, ?, ?)", *uid,
           event.header.ref.replica, event.body.text("name"));
}

void clear_actor(Db& db, std::string_view subject) {
  if (const auto uid = Uid::parse(key_of(subject))) db.run("DELETE FROM actor WHERE uid = ?", *uid);
}

void apply_replica(Db& db, const log::Event& event) {
  if (const auto uid = Uid::parse(key_of(event.header.subject)))
    db.run("INSERT OR REPLACE INTO replica (uid, previous, reason, joined_at) VALUES (?, ?, ?, ?)",
           *uid, event.body.text("previous"), event.body.text("reason"), event.header.recorded_at);
}

/// It states what one file lacks: who verifies that file reads it from the log (left_out.hpp).
void apply_left_out(Db&, const log::Event&) {}

void clear_replica(Db& db, std::string_view subject) {
  const auto uid = Uid::parse(key_of(subject));
  if (!uid) return;
  db.run("DELETE FROM replica WHERE uid = ?", *uid);
  forget_knowledge(db, *uid);
}

constexpr std::string_view kAboutTheLog = "it is about the log itself";

}  // namespace

const Aggregate& tx_aggregate() {
  static const std::array kKinds{
      Projection{"log.undone", apply_undone, nullptr, kAboutTheLog},
      Projection{"log.redone", apply_redone, nullptr, kAboutTheLog},
  };
  static const Aggregate kAggregate{"tx/", kKinds, clear_tx, R"sql(
CREATE TABLE undone (
  tx BLOB PRIMARY KEY,
  by_replica BLOB NOT NULL,
  by_seq INTEGER NOT NULL
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

const Aggregate& erased_aggregate() {
  static const std::array kKinds{
      Projection{"log.erased", apply_erased, nullptr, "what was erased is gone"}};
  static const Aggregate kAggregate{"event/", kKinds, clear_erased, R"sql(
CREATE TABLE erased (
  replica BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (replica, seq)
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

const Aggregate& actor_aggregate() {
  static const std::array kKinds{Projection{"actor.named", apply_actor, nullptr, kAboutTheLog}};
  static const Aggregate kAggregate{"actor/", kKinds, clear_actor, R"sql(
CREATE TABLE actor (
  uid BLOB PRIMARY KEY,
  replica BLOB NOT NULL,
  name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX actor_name ON actor (name);
)sql"};
  return kAggregate;
}

const Aggregate& replica_aggregate() {
  static const std::array kKinds{
      Projection{"replica.joined", apply_replica, nullptr, kAboutTheLog},
      Projection{"replica.caught_up", apply_caught_up, nullptr, kAboutTheLog},
      Projection{kLeftOut, apply_left_out, nullptr, kAboutTheLog}};
  static const auto kTables = std::string(R"sql(
CREATE TABLE replica (
  uid BLOB PRIMARY KEY,
  previous TEXT NOT NULL,
  reason TEXT NOT NULL,
  joined_at INTEGER NOT NULL
) WITHOUT ROWID;
)sql") + kKnowledgeTables;
  static const Aggregate kAggregate{"replica/", kKinds, clear_replica, kTables};
  return kAggregate;
}

std::optional<Uid> find_actor(Db& db, const Uid& replica, const std::string& name) {
  auto row = db.query("SELECT uid FROM actor WHERE name = ? AND replica = ? ORDER BY uid LIMIT 1",
                      name, replica);
  if (!row.step()) return std::nullopt;
  return row.uid(0);
}

std::string actor_name(Db& db, const Uid& actor) {
  if (actor == Uid{}) return "nines";  // what the store itself notes: a copy that became another
  const auto name = db.text("SELECT name FROM actor WHERE uid = ?", actor);
  return name ? *name : actor.to_string();
}

}  // namespace nines::store
