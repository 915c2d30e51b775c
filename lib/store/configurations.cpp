// One row per snapshot; the tree is kept as its JSON.
#include "store/configurations.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kConfigurationRecord{"configuration/", "CFG",
                                          "DELETE FROM configuration WHERE uid = ?"};

void apply_configuration(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto read = catalog::config_snapshot_from(event.body);
  if (!uid || !read) return;
  db.run(
      "INSERT OR REPLACE INTO configuration (uid, service, place, build, health, source, at, tree) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, read->service, read->place, read->build, std::string(to_string(read->health)),
      read->source, read->at, catalog::to_json(read->tree).dump());
  name_record(db, kConfigurationRecord, event);
}

}  // namespace

const Aggregate& configuration_aggregate() {
  static const std::array kKinds{Projection{"configuration.seen", apply_configuration}};
  static const Aggregate kAggregate{kConfigurationRecord.subjects, kKinds,
                                    clear_record<kConfigurationRecord>, R"sql(
CREATE TABLE configuration (
  uid BLOB PRIMARY KEY,
  service TEXT NOT NULL,
  place TEXT NOT NULL,
  build TEXT NOT NULL,
  health TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  tree TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX configuration_service ON configuration (service, at);
)sql"};
  return kAggregate;
}

std::vector<catalog::ConfigSnapshot> configurations(const Store& store, const std::string& service,
                                                    const std::optional<std::string>& place) {
  auto& db = store.db();
  auto row = db.query(
      "SELECT uid, service, place, build, health, source, at, tree FROM configuration "
      "WHERE service = ?1 AND (?2 IS NULL OR place = ?2) ORDER BY at, uid",
      service, place);
  std::vector<catalog::ConfigSnapshot> found;
  while (row.step()) {
    catalog::ConfigSnapshot one;
    one.uid = row.uid(0);
    one.name = name_of(db, subject_of(kConfigurationRecord, one.uid));
    one.service = row.text(1);
    one.place = row.text(2);
    one.build = row.text(3);
    one.health = catalog::config_health_from(row.text(4)).value_or(catalog::ConfigHealth::unknown);
    one.source = row.text(5);
    one.at = row.instant(6);
    one.tree = catalog::config_tree_from(Json::parse(row.text(7)));
    found.push_back(std::move(one));
  }
  return found;
}

log::NewEvent configuration_seen(const catalog::ConfigSnapshot& snapshot, std::int64_t number) {
  log::NewEvent event{.kind = "configuration.seen",
                      .subject = subject_of(kConfigurationRecord, snapshot.uid)};
  event.body = catalog::to_json(snapshot);
  event.body.set("number", number);
  event.occurred_at = snapshot.at;
  return event;
}

}  // namespace nines::store
