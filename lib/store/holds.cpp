// The fold and the readers of legal holds.
#include "store/holds.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

std::optional<Uid> uid_of(std::string_view subject) {
  return Uid::parse(subject.substr(subject.find('/') + 1));
}

void apply_placed(Db& db, const log::Event& event) {
  const auto uid = uid_of(event.header.subject);
  if (!uid) return;
  db.run(
      "INSERT OR REPLACE INTO hold (uid, matter, scope, placed_at, released_at) VALUES (?, ?, ?, "
      "?, NULL)",
      *uid, event.body.text("matter"), event.body.text("scope"), event.header.occurred_at);
  put_number(db, "HOLD", event.body.integer("number"), *uid, event.header.subject);
}

void apply_released(Db& db, const log::Event& event) {
  if (const auto uid = uid_of(event.header.subject))
    db.run("UPDATE hold SET released_at = ? WHERE uid = ?", event.header.occurred_at, *uid);
}

void clear(Db& db, std::string_view subject) {
  if (const auto uid = uid_of(subject)) db.run("DELETE FROM hold WHERE uid = ?", *uid);
  drop_numbers(db, subject);
}

std::vector<std::string> fields_released(const log::Event&) { return {"released"}; }

}  // namespace

const Aggregate& hold_aggregate() {
  static const std::array kKinds{Projection{"hold.placed", apply_placed},
                                 Projection{"hold.released", apply_released, fields_released}};
  static const Aggregate kAggregate{"hold/", kKinds, clear, R"sql(
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
  log::NewEvent event{.kind = "hold.placed", .subject = "hold/" + uid.to_string()};
  event.body.set("matter", matter)
      .set("scope", scope)
      .set("number", take_number(store.db(), "HOLD"));
  tx.append(event);
  return uid;
}

void release_hold(Transaction& tx, const Uid& hold) {
  tx.append({.kind = "hold.released", .subject = "hold/" + hold.to_string()});
}

std::vector<Hold> read_holds(const Store& store) {
  std::vector<Hold> holds;
  auto rows =
      store.db().query("SELECT uid, matter, scope, placed_at, released_at FROM hold ORDER BY uid");
  while (rows.step()) {
    Hold hold{rows.uid(0), {}, rows.text(1), rows.text(2), rows.instant(3), std::nullopt};
    if (!rows.null(4)) hold.released_at = rows.instant(4);
    hold.name = name_of(store.db(), "hold/" + hold.uid.to_string());
    holds.push_back(std::move(hold));
  }
  return holds;
}

std::optional<Hold> hold_over(const Store& store, std::string_view subject) {
  for (const auto& hold : read_holds(store)) {
    const bool covers = hold.scope.empty() || hold.scope == subject ||
                        (hold.scope.ends_with('/') && subject.starts_with(hold.scope));
    if (covers && !hold.released_at) return hold;
  }
  return std::nullopt;
}

}  // namespace nines::store
