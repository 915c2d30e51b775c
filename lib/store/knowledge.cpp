// One row per log that grew, found again by the last one before an event.
#include "store/knowledge.hpp"

#include "store/db.hpp"
#include "store/event_log.hpp"

namespace nines::store {

const char* const kKnowledgeTables = R"sql(
CREATE TABLE seen (
  replica BLOB NOT NULL,
  other BLOB NOT NULL,
  seq INTEGER NOT NULL,
  upto INTEGER NOT NULL,
  PRIMARY KEY (replica, other, seq)
) WITHOUT ROWID;
)sql";

namespace {

std::uint64_t seen_upto(Db& db, const log::EventRef& by, const Uid& other) {
  auto row = db.query(
      "SELECT upto FROM seen WHERE replica = ? AND other = ? AND seq <= ? "
      "ORDER BY seq DESC LIMIT 1",
      by.replica, other, by.seq);
  return row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
}

}  // namespace

bool has_news(Db& db, const Uid& own) {
  const auto head = head_of(db, own);
  if (head.seq == 0) return event_count(db) > 0;
  const auto after = number_of_event(db, {own, head.seq});
  return db.integer("SELECT 1 FROM received WHERE position >= ? LIMIT 1", after).has_value();
}

std::optional<log::NewEvent> caught_up(Db& db, const Uid& own) {
  const log::EventRef now{own, head_of(db, own).seq};
  auto seen = Json::object();
  for (const auto& [replica, head] : all_heads(db))
    if (replica != own && head.seq > seen_upto(db, now, replica))
      seen.set(replica.to_string(), head.seq);
  if (seen.as_object().empty()) return std::nullopt;
  log::NewEvent event{.kind = "replica.caught_up", .subject = "replica/" + own.to_string()};
  event.body.set("seen", std::move(seen));
  return event;
}

bool knew(Db& db, const log::EventRef& later, const log::EventRef& earlier) {
  if (later.replica == earlier.replica) return later.seq > earlier.seq;
  return seen_upto(db, later, earlier.replica) >= earlier.seq;
}

void apply_caught_up(Db& db, const log::Event& event) {
  const auto& ref = event.header.ref;
  const auto* seen = event.body.find("seen");
  // A replica speaks for itself alone.
  if (event.header.subject != "replica/" + ref.replica.to_string() || seen == nullptr ||
      !seen->is_object())
    return;
  for (const auto& [name, upto] : seen->as_object())
    if (const auto other = Uid::parse(name); other && upto.is_int())
      db.run("INSERT OR REPLACE INTO seen (replica, other, seq, upto) VALUES (?, ?, ?, ?)",
             ref.replica, *other, ref.seq, upto.as_int());
}

void forget_knowledge(Db& db, const Uid& replica) {
  db.run("DELETE FROM seen WHERE replica = ?", replica);
}

}  // namespace nines::store
