// The fold and the readers of legal holds.
#include "store/holds.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kHoldRecord{"hold/", "HOLD", "DELETE FROM hold WHERE uid = ?"};

void apply_placed(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  db.run(
      "INSERT OR REPLACE INTO hold (uid, matter, scope, placed_at, released_at) VALUES (?, ?, ?, "
      "?, NULL)",
      *uid, event.body.text("matter"), event.body.text("scope"), event.header.occurred_at);
  put_text(db, event.header,
           {.kind = "hold", .title = event.body.text("matter"), .text = event.body.text("scope")});
  name_record(db, kHoldRecord, event);
}

void apply_released(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE hold SET released_at = ? WHERE uid = ?", event.header.occurred_at, *uid);
}

std::vector<std::string> fields_released(const log::Event&) { return {"released"}; }

}  // namespace

const Aggregate& hold_aggregate() {
  static const std::array kKinds{Projection{"hold.placed", apply_placed},
                                 Projection{"hold.released", apply_released, fields_released}};
  static const Aggregate kAggregate{kHoldRecord.subjects, kKinds, clear_record<kHoldRecord>, R"sql(
CREATE TABLE hold (
  uid BLOB PRIMARY KEY,
  matter TEXT NOT NULL,
  scope TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  released_at INTEGER
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

Uid place_hold(Transaction& tx, Store& store, const std::string& matter, const std::string& scope) {
  const auto uid = Uid::make(store.state().now(), store.state().entropy());
  log::NewEvent event{.kind = "hold.placed", .subject = subject_of(kHoldRecord, uid)};
  event.body.set("matter", matter)
      .set("scope", scope)
      .set("number", take_number(store.db(), kHoldRecord.prefix));
  tx.append(event);
  return uid;
}

void release_hold(Transaction& tx, const Uid& hold) {
  tx.append({.kind = "hold.released", .subject = subject_of(kHoldRecord, hold)});
}

std::vector<Hold> read_holds(const Store& store) {
  std::vector<Hold> holds;
  auto rows =
      store.db().query("SELECT uid, matter, scope, placed_at, released_at FROM hold ORDER BY uid");
  while (rows.step()) {
    Hold hold{rows.uid(0), {}, rows.text(1), rows.text(2), rows.instant(3), std::nullopt};
    if (!rows.null(4)) hold.released_at = rows.instant(4);
    hold.name = name_of(store.db(), subject_of(kHoldRecord, hold.uid));
    holds.push_back(std::move(hold));
  }
  return holds;
}

bool covers(const Hold& hold, std::string_view subject) {
  return hold.scope.empty() || hold.scope == subject ||
         (hold.scope.ends_with('/') && subject.starts_with(hold.scope));
}

std::optional<Hold> hold_over(const Store& store, std::string_view subject) {
  for (const auto& hold : read_holds(store)) {
    if (covers(hold, subject) && !hold.released_at) return hold;
  }
  return std::nullopt;
}

}  // namespace nines::store
