// One row per drill; the scenario is kept as it was when the drill began.
#include "store/drills.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/incident_events.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using incident::Drill;

constexpr RecordKind kDrillRecord{"drill/", "DRL", "DELETE FROM drill WHERE uid = ?"};

void apply_drill_started(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto incident = Uid::parse(event.body.text("incident"));
  const auto* scenario = event.body.find("scenario");
  if (!uid || !incident || scenario == nullptr) return;
  db.run(
      "INSERT OR REPLACE INTO drill (uid, incident, scenario, started, speed, given, scored) "
      "VALUES (?, ?, ?, ?, ?, 0, NULL)",
      *uid, *incident, scenario->canonical(), event.header.occurred_at,
      event.body.integer("speed", 1));
  name_record(db, kDrillRecord, event);
  if (const auto read = incident::drill_from(*scenario))
    put_text(
        db, event.header,
        {.kind = "drill", .title = read->name, .text = read->objective + "\n" + read->hypothesis});
}

void apply_injected(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE drill SET given = max(given, ?) WHERE uid = ?", event.body.integer("index") + 1,
           *uid);
}

void apply_scored(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE drill SET scored = ? WHERE uid = ?", event.header.occurred_at, *uid);
}

std::vector<std::string> drill_fields(const log::Event& event) {
  if (event.header.kind == "drill.scored") return {"score"};
  return {"inject:" + std::to_string(event.body.integer("index"))};
}

constexpr std::string_view kSelectDrills =
    "SELECT uid, incident, scenario, started, speed, given, scored FROM drill ";

std::optional<Drill> drill_of(Db& db, const Query& row) {
  auto scenario = incident::drill_from(Json::parse(row.text(2)));
  if (!scenario) return std::nullopt;
  Drill drill;
  drill.uid = row.uid(0);
  drill.name = name_of(db, subject_of(kDrillRecord, drill.uid));
  drill.scenario = std::move(*scenario);
  drill.incident = row.uid(1);
  drill.incident_name = name_of(db, incident_subject(drill.incident));
  drill.started_at = row.instant(3);
  drill.speed = row.integer(4);
  drill.given = row.integer(5);
  if (!row.null(6)) drill.scored_at = row.instant(6);
  return drill;
}

}  // namespace

const Aggregate& drill_aggregate() {
  static const std::array kKinds{Projection{"drill.started", apply_drill_started},
                                 Projection{"drill.injected", apply_injected, drill_fields},
                                 Projection{"drill.scored", apply_scored, drill_fields}};
  static const Aggregate kAggregate{kDrillRecord.subjects, kKinds, clear_record<kDrillRecord>,
                                    R"sql(
CREATE TABLE drill (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  scenario TEXT NOT NULL,
  started INTEGER NOT NULL,
  speed INTEGER NOT NULL,
  given INTEGER NOT NULL,
  scored INTEGER
) WITHOUT ROWID;
CREATE INDEX drill_incident ON drill (incident);
)sql",
                                    {}, kNothingUnfinished};
  return kAggregate;
}

log::NewEvent drill_started(const Drill& drill, const Json& document, std::int64_t number) {
  log::NewEvent event{.kind = "drill.started", .subject = subject_of(kDrillRecord, drill.uid)};
  event.body = Json::object({{"number", number},
                             {"incident", drill.incident.to_string()},
                             {"speed", drill.speed},
                             {"scenario", document}});
  event.occurred_at = drill.started_at;
  return event;
}

log::NewEvent drill_injected(const Drill& drill, std::size_t index) {
  log::NewEvent event{.kind = "drill.injected", .subject = subject_of(kDrillRecord, drill.uid)};
  event.body = Json::object({{"index", static_cast<std::int64_t>(index)}});
  return event;
}

log::NewEvent drill_scored(const Drill& drill, const incident::DrillScore& score) {
  log::NewEvent event{.kind = "drill.scored", .subject = subject_of(kDrillRecord, drill.uid)};
  auto measures = Json::object();
  for (const auto& measure : score.measures)
    if (measure.actual) measures.set(measure.name + "_us", std::int64_t{measure.actual->count()});
  event.body = Json::object({{"measures", std::move(measures)},
                             {"findings", static_cast<std::int64_t>(score.findings.size())}});
  return event;
}

std::vector<Drill> drills(const Store& store) {
  static const auto kSql = std::string(kSelectDrills) + "ORDER BY started DESC, uid DESC";
  std::vector<Drill> found;
  auto rows = store.db().query(kSql);
  while (rows.step())
    if (auto drill = drill_of(store.db(), rows)) found.push_back(std::move(*drill));
  return found;
}

std::optional<Drill> find_drill(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectDrills) + "WHERE uid = ?";
  auto row = store.db().query(kSql, uid);
  return row.step() ? drill_of(store.db(), row) : std::nullopt;
}

std::optional<Drill> find_drill_of(const Store& store, const Uid& incident) {
  static const auto kSql = std::string(kSelectDrills) + "WHERE incident = ? ORDER BY uid";
  auto row = store.db().query(kSql, incident);
  return row.step() ? drill_of(store.db(), row) : std::nullopt;
}

}  // namespace nines::store
