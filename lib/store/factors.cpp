// One row per factor.
#include "store/factors.hpp"

#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using postmortem::Factor;

constexpr RecordKind kFactorRecord{"factor/", "FAC", "DELETE FROM factor WHERE uid = ?"};

void apply_factor_added(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  std::vector<std::string> evidence;
  if (const auto* list = body.find("evidence"))
    if (list->is_array())
      for (const auto& one : list->as_array())
        if (one.is_string()) evidence.push_back(one.as_string());
  const auto lines = join(evidence, "\n");
  db.run(
      "INSERT OR REPLACE INTO factor (uid, incident, text, layer, rule, evidence, added_by, at, "
      "turn, dropped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
      *uid, Uid::parse(body.text("incident")).value_or(Uid{}), body.text("text"),
      body.text("layer"), body.text("rule"), lines, body.text("by"), event.header.occurred_at,
      event.header.hlc.counter);
  put_text(db, event.header, {.kind = "factor", .title = body.text("text"), .text = lines});
  name_record(db, kFactorRecord, event);
}

void apply_factor_dropped(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE factor SET dropped = ? WHERE uid = ?", event.body.text("because"), *uid);
}

std::vector<std::string> factor_state(const log::Event&) { return {"state"}; }

Factor factor_row(const Query& row) {
  Factor one;
  one.uid = row.uid(0);
  one.incident = row.uid(1);
  one.text = row.text(2);
  one.layer = rca::layer_from(row.text(3)).value_or(rca::Layer::none);
  one.rule = row.text(4);
  const auto lines = row.text(5);
  if (!lines.empty())
    for (const auto line : split(lines, '\n')) one.evidence.emplace_back(line);
  one.by = row.text(6);
  one.at = row.instant(7);
  one.dropped = row.text(8);
  return one;
}

constexpr std::string_view kFactorSelect =
    "SELECT uid, incident, text, layer, rule, evidence, added_by, at, dropped FROM factor ";

}  // namespace

const Aggregate& factor_aggregate() {
  static const std::array kKinds{Projection{"factor.added", apply_factor_added},
                                 Projection{"factor.dropped", apply_factor_dropped, factor_state}};
  static const Aggregate kAggregate{kFactorRecord.subjects, kKinds, clear_record<kFactorRecord>,
                                    R"sql(
CREATE TABLE factor (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  text TEXT NOT NULL,
  layer TEXT NOT NULL,
  rule TEXT NOT NULL,
  evidence TEXT NOT NULL,
  added_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  dropped TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX factor_incident ON factor (incident);
)sql",
                                    {}, kNothingUnfinished};
  return kAggregate;
}

std::vector<Factor> factors(const Store& store, const std::optional<Uid>& incident, bool dropped) {
  static const auto kAll = std::string(kFactorSelect) + "ORDER BY at, turn, uid";
  static const auto kOfOne =
      std::string(kFactorSelect) + "WHERE incident = ? ORDER BY at, turn, uid";
  auto& db = store.db();
  auto names = names_of(db, kFactorRecord.prefix);
  auto rows = incident ? db.query(kOfOne, *incident) : db.query(kAll);
  std::vector<Factor> list;
  while (rows.step()) {
    auto one = factor_row(rows);
    if (!dropped && !one.dropped.empty()) continue;
    one.name = std::move(names[one.uid]);
    list.push_back(std::move(one));
  }
  return list;
}

Factor get_factor(const Store& store, std::string_view name) {
  static const auto kOne = std::string(kFactorSelect) + "WHERE uid = ?";
  const auto numbered = get_numbered(store, kFactorRecord.prefix, name);
  auto row = store.db().query(kOne, numbered.uid);
  if (!row.step())
    throw Error(ExitCode::not_found, "no factor '" + std::string(name) + "'",
                "nines report postmortem factors INC-4 shows an incident's", "NO_FACTOR");
  auto one = factor_row(row);
  one.name = numbered.name;
  return one;
}

std::string factor_subject(const Uid& factor) { return subject_of(kFactorRecord, factor); }

log::NewEvent factor_added(const Factor& factor, std::int64_t number) {
  auto evidence = Json::array();
  for (const auto& line : factor.evidence) evidence.push(line);
  return {.kind = "factor.added",
          .subject = factor_subject(factor.uid),
          .body = Json::object({{"number", number},
                                {"incident", factor.incident.to_string()},
                                {"text", factor.text},
                                {"layer", rca::to_string(factor.layer)},
                                {"rule", factor.rule},
                                {"evidence", std::move(evidence)},
                                {"by", factor.by}}),
          .occurred_at = factor.at};
}

log::NewEvent factor_dropped(const Uid& factor, std::string_view because, Instant at) {
  return {.kind = "factor.dropped",
          .subject = factor_subject(factor),
          .body = Json::object({{"because", because}}),
          .occurred_at = at};
}

}  // namespace nines::store
