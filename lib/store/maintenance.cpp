// One row per maintenance: what was announced, and from when on it is off.
#include "store/maintenance.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kMaintenanceRecord{"maintenance/", "MNT",
                                        "DELETE FROM maintenance WHERE uid = ?"};

void apply_announced(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto read = catalog::maintenance_from(event.body);
  if (!uid || !read) return;
  db.run(
      "INSERT OR REPLACE INTO maintenance (uid, started, announced, cancelled_from) "
      "VALUES (?, ?, ?, NULL)",
      *uid, read->start, catalog::to_json(*read).canonical());
  put_text(db, event.header,
           {.kind = "maintenance",
            .title = read->summary,
            .text = join(read->services, " ") + "\n" + read->audience,
            .at = read->start});
  name_record(db, kMaintenanceRecord, event);
}

void apply_maintenance_cancelled(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto from = parse_rfc3339(event.body.text("from"));
  if (uid && from) db.run("UPDATE maintenance SET cancelled_from = ? WHERE uid = ?", *from, *uid);
}

catalog::Maintenance maintenance_of(Db& db, const Query& row) {
  auto m = catalog::maintenance_from(Json::parse(row.text(1))).value_or(catalog::Maintenance{});
  m.uid = row.uid(0);
  if (!row.null(2)) m.cancelled_from = row.instant(2);
  m.name = name_of(db, subject_of(kMaintenanceRecord, m.uid));
  return m;
}

}  // namespace

const Aggregate& maintenance_aggregate() {
  static const std::array kKinds{Projection{"maintenance.announced", apply_announced},
                                 Projection{"maintenance.cancelled", apply_maintenance_cancelled}};
  static const Aggregate kAggregate{kMaintenanceRecord.subjects, kKinds,
                                    clear_record<kMaintenanceRecord>, R"sql(
CREATE TABLE maintenance (
  uid BLOB PRIMARY KEY,
  started INTEGER NOT NULL,
  announced TEXT NOT NULL,
  cancelled_from INTEGER
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::vector<catalog::Maintenance> maintenance(const Store& store) {
  std::vector<catalog::Maintenance> found;
  auto rows = store.db().query(
      "SELECT uid, announced, cancelled_from FROM maintenance ORDER BY started, uid");
  while (rows.step()) found.push_back(maintenance_of(store.db(), rows));
  return found;
}

std::optional<catalog::Maintenance> find_maintenance(const Store& store, const Uid& uid) {
  auto rows =
      store.db().query("SELECT uid, announced, cancelled_from FROM maintenance WHERE uid = ?", uid);
  if (!rows.step()) return std::nullopt;
  return maintenance_of(store.db(), rows);
}

log::NewEvent maintenance_announced(const catalog::Maintenance& maintenance, std::int64_t number) {
  log::NewEvent event{.kind = "maintenance.announced",
                      .subject = subject_of(kMaintenanceRecord, maintenance.uid)};
  event.body = catalog::to_json(maintenance);
  event.body.set("number", number);
  return event;
}

log::NewEvent maintenance_cancelled(const catalog::Maintenance& maintenance, Instant from) {
  log::NewEvent event{.kind = "maintenance.cancelled",
                      .subject = subject_of(kMaintenanceRecord, maintenance.uid)};
  event.body = Json::object({{"from", format_utc(from)}});
  return event;
}

}  // namespace nines::store
