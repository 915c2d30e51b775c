// One row per override or swap: what was entered, and whether it is off.
#include "store/duty_changes.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kDutyRecord{"duty/", "DTY", "DELETE FROM duty_change WHERE uid = ?"};

void apply_changed(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto read = incident::duty_change_from(event.body);
  if (!uid || !read) return;
  db.run(
      "INSERT OR REPLACE INTO duty_change (uid, entered, body, because, cancelled) "
      "VALUES (?, ?, ?, ?, 0)",
      *uid, event.header.recorded_at, incident::to_json(*read).canonical(), read->because);
  put_text(db, event.header,
           {.kind = "duty",
            .title = read->person + (read->with.empty() ? "" : " and " + read->with),
            .text = read->rota + "\n" + read->because,
            .at = read->when.from});
  name_record(db, kDutyRecord, event);
}

void apply_duty_cancelled(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE duty_change SET cancelled = 1 WHERE uid = ?", *uid);
}

}  // namespace

const Aggregate& duty_aggregate() {
  static const std::array kKinds{Projection{"duty.changed", apply_changed},
                                 Projection{"duty.cancelled", apply_duty_cancelled}};
  static const Aggregate kAggregate{kDutyRecord.subjects, kKinds, clear_record<kDutyRecord>, R"sql(
CREATE TABLE duty_change (
  uid BLOB PRIMARY KEY,
  entered INTEGER NOT NULL,
  body TEXT NOT NULL,
  because TEXT NOT NULL,
  cancelled INTEGER NOT NULL
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::vector<incident::DutyChange> duty_changes(const Store& store) {
  std::vector<incident::DutyChange> found;
  auto rows = store.db().query(
      "SELECT uid, body, because, cancelled FROM duty_change ORDER BY entered, uid");
  while (rows.step()) {
    auto change = incident::duty_change_from(Json::parse(rows.text(1)));
    if (!change) continue;
    change->uid = rows.uid(0);
    change->because = rows.text(2);
    change->cancelled = rows.integer(3) != 0;
    change->name = name_of(store.db(), subject_of(kDutyRecord, change->uid));
    found.push_back(std::move(*change));
  }
  return found;
}

log::NewEvent duty_changed(const incident::DutyChange& change, std::int64_t number) {
  log::NewEvent event{.kind = "duty.changed", .subject = subject_of(kDutyRecord, change.uid)};
  event.occurred_at = change.when.from;
  event.body = incident::to_json(change);
  event.body.set("number", number);
  return event;
}

log::NewEvent duty_cancelled(const incident::DutyChange& change) {
  log::NewEvent event{.kind = "duty.cancelled", .subject = subject_of(kDutyRecord, change.uid)};
  event.body = Json::object();
  return event;
}

}  // namespace nines::store
