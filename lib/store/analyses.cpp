// One row per analysis; its end updates the row.
#include "store/analyses.hpp"

#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using rca::Analysis;
using rca::AnalysisState;

constexpr RecordKind kAnalysisRecord{"analysis/", "RCA", "DELETE FROM analysis WHERE uid = ?"};

void apply_analysis_started(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto incident = Uid::parse(body.text("incident"));
  if (!uid || !incident) return;
  db.run(
      "INSERT OR REPLACE INTO analysis (uid, incident, method, question, state, conclusion, owner, "
      "review, started_by, started, ended) VALUES (?, ?, ?, ?, 'open', '', '', '', ?, ?, NULL)",
      *uid, *incident, body.text("method"), body.text("question"), body.text("by"),
      event.header.occurred_at);
  put_text(db, event.header,
           {.kind = "analysis", .title = body.text("question"), .text = body.text("method")});
  name_record(db, kAnalysisRecord, event);
}

void end_as(Db& db, const log::Event& event, AnalysisState state) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "UPDATE analysis SET state = ?, conclusion = ?, owner = ?, review = ?, ended = ? "
      "WHERE uid = ?",
      std::string(rca::to_string(state)), body.text("conclusion"), body.text("owner"),
      body.text("review"), event.header.occurred_at, *uid);
  put_text(db, event.header,
           {.kind = "analysis", .title = "", .text = body.text("conclusion"), .part = "end"});
}

void apply_concluded(Db& db, const log::Event& event) {
  end_as(db, event, AnalysisState::concluded);
}
void apply_stopped(Db& db, const log::Event& event) { end_as(db, event, AnalysisState::stopped); }

void apply_reopened(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run(
        "UPDATE analysis SET state = 'open', conclusion = '', owner = '', review = '', "
        "ended = NULL WHERE uid = ?",
        *uid);
}

std::vector<std::string> analysis_field(const log::Event&) { return {"state"}; }

constexpr std::string_view kSelectAnalyses =
    "SELECT uid, incident, method, question, state, conclusion, owner, review, started_by, "
    "started, ended FROM analysis ";

Analysis analysis_of(Db& db, const Query& row) {
  Analysis one;
  one.uid = row.uid(0);
  one.name = name_of(db, subject_of(kAnalysisRecord, one.uid));
  one.incident = row.uid(1);
  one.method = rca::method_from(row.text(2)).value_or(rca::Method::timeline);
  one.question = row.text(3);
  const auto state = row.text(4);
  one.state = state == "concluded" ? AnalysisState::concluded
              : state == "stopped" ? AnalysisState::stopped
                                   : AnalysisState::open;
  one.conclusion = row.text(5);
  one.owner = row.text(6);
  if (const auto review = parse_rfc3339(row.text(7) + "T00:00:00Z"))
    one.review = std::chrono::floor<std::chrono::days>(*review);
  one.by = row.text(8);
  one.started_at = row.instant(9);
  if (!row.null(10)) one.ended_at = row.instant(10);
  return one;
}

log::NewEvent analysis_event(const char* kind, const Uid& analysis, Instant at) {
  return {.kind = kind,
          .subject = subject_of(kAnalysisRecord, analysis),
          .body = Json::object(),
          .occurred_at = at};
}

}  // namespace

const Aggregate& analysis_aggregate() {
  static const std::array kKinds{Projection{"analysis.started", apply_analysis_started},
                                 Projection{"analysis.concluded", apply_concluded, analysis_field},
                                 Projection{"analysis.stopped", apply_stopped, analysis_field},
                                 Projection{"analysis.reopened", apply_reopened, analysis_field}};
  static const Aggregate kAggregate{kAnalysisRecord.subjects, kKinds, clear_record<kAnalysisRecord>,
                                    R"sql(
CREATE TABLE analysis (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  method TEXT NOT NULL,
  question TEXT NOT NULL,
  state TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  owner TEXT NOT NULL,
  review TEXT NOT NULL,
  started_by TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER
) WITHOUT ROWID;
CREATE INDEX analysis_incident ON analysis (incident, started);
)sql",
                                    {}, "SELECT uid FROM analysis WHERE state <> 'concluded'"};
  return kAggregate;
}

std::vector<Analysis> analyses(const Store& store, const std::optional<Uid>& incident) {
  static const auto kAll = std::string(kSelectAnalyses) + "ORDER BY started, uid";
  static const auto kOfOne =
      std::string(kSelectAnalyses) + "WHERE incident = ? ORDER BY started, uid";
  auto& db = store.db();
  auto rows = incident ? db.query(kOfOne, *incident) : db.query(kAll);
  std::vector<Analysis> list;
  while (rows.step()) list.push_back(analysis_of(db, rows));
  return list;
}

std::optional<Analysis> find_analysis(const Store& store, const Uid& uid) {
  static const auto kOne = std::string(kSelectAnalyses) + "WHERE uid = ?";
  auto row = store.db().query(kOne, uid);
  if (!row.step()) return std::nullopt;
  return analysis_of(store.db(), row);
}

Analysis get_analysis(const Store& store, std::string_view name) {
  const auto numbered = get_numbered(store, kAnalysisRecord.prefix, name);
  if (auto found = find_analysis(store, numbered.uid)) return std::move(*found);
  throw Error(ExitCode::not_found, "no analysis '" + std::string(name) + "'",
              "nines rca show lists them", "NO_ANALYSIS");
}

log::NewEvent analysis_started(const Analysis& analysis, std::int64_t number) {
  auto event = analysis_event("analysis.started", analysis.uid, analysis.started_at);
  event.body.set("number", number)
      .set("incident", analysis.incident.to_string())
      .set("method", to_string(analysis.method))
      .set("question", analysis.question)
      .set("by", analysis.by);
  return event;
}

log::NewEvent analysis_ended(const Analysis& analysis, Instant at) {
  auto event = analysis_event(
      analysis.state == AnalysisState::stopped ? "analysis.stopped" : "analysis.concluded",
      analysis.uid, at);
  event.body.set("conclusion", analysis.conclusion);
  if (!analysis.owner.empty()) event.body.set("owner", analysis.owner);
  if (analysis.review) event.body.set("review", format_utc(*analysis.review).substr(0, 10));
  return event;
}

log::NewEvent analysis_reopened(const Uid& analysis, Instant at) {
  return analysis_event("analysis.reopened", analysis, at);
}

}  // namespace nines::store
