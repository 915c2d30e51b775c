// One row per step; what has run cannot be undone, because nothing takes back that it ran.
#include "store/triage.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/log_aggregates.hpp"
#include "store/record.hpp"

namespace nines::store {
namespace {

using incident::TriageStep;

constexpr RecordKind kStepRecord{"triage/", "", "DELETE FROM triage_step WHERE uid = ?"};
constexpr std::string_view kItRan = "the command has run, and nothing takes that back";

std::string argv_json(const Json& body) {
  const auto* argv = body.find("argv");
  return argv != nullptr && argv->is_array() ? argv->canonical() : "[]";
}

/// The row as it was asked for; a step that is run unasked comes the same way.
void put_row(Db& db, const log::Event& event, std::string_view state) {
  const auto uid = record_uid(event.header.subject);
  const auto incident = Uid::parse(event.body.text("incident"));
  if (!uid || !incident) return;
  const auto& body = event.body;
  db.run(
      "INSERT OR IGNORE INTO triage_step (uid, incident, playbook, digest, step, argv, read_only, "
      "approval, state, requester, requested) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, *incident, body.text("playbook"), body.text("digest"), body.text("step"),
      argv_json(body), body.boolean("read_only"), body.text("approval"), state, event.header.actor,
      event.header.recorded_at);
}

void apply_requested(Db& db, const log::Event& event) { put_row(db, event, "waiting"); }

void apply_step_decided(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  // The first decision stands, also where two machines that were apart took one each.
  db.run(
      "UPDATE triage_step SET state = CASE WHEN ? THEN state ELSE 'refused' END, decider = ?, "
      "authenticated = ?, decided = ? WHERE uid = ? AND decider IS NULL",
      event.body.boolean("approved"), event.header.actor, event.body.text("authenticated"),
      event.header.recorded_at, *uid);
}

void apply_step_started(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE triage_step SET state = 'started' WHERE uid = ? AND state = 'waiting'", *uid);
}

void apply_ran(Db& db, const log::Event& event) {
  put_row(db, event, "started");
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "UPDATE triage_step SET state = 'done', outcome = ?, why = ?, exit_code = ?, signal = ?, "
      "lasted = ?, ended = ?, evidence = ?, output_hash = ?, output_bytes = ?, truncated = ?, "
      "rules = ? WHERE uid = ?",
      body.text("outcome"), body.text("why"), body.integer("exit_code"), body.integer("signal"),
      body.integer("lasted_us"), event.header.recorded_at, Uid::parse(body.text("evidence")),
      body.text("output_hash"), body.integer("output_bytes"), body.boolean("truncated"),
      body.text("rules"), *uid);
}

std::vector<std::string> step_fields(const log::Event&) { return {"step"}; }

Json argv_of(const TriageStep& step) {
  auto list = Json::array();
  for (const auto& word : step.argv) list.push(word);
  return list;
}

log::NewEvent step_event(const char* kind, const TriageStep& step) {
  return {.kind = kind, .subject = subject_of(kStepRecord, step.uid), .body = Json::object()};
}

log::NewEvent whole(const char* kind, const TriageStep& step) {
  auto event = step_event(kind, step);
  event.body.set("incident", step.incident.to_string())
      .set("playbook", step.playbook)
      .set("digest", step.digest)
      .set("step", step.step)
      .set("argv", argv_of(step))
      .set("read_only", step.read_only)
      .set("approval", to_string(step.approval));
  return event;
}

constexpr std::string_view kSelectSteps =
    "SELECT uid, incident, playbook, digest, step, argv, read_only, approval, state, requester, "
    "requested, decider, authenticated, decided, outcome, why, exit_code, signal, lasted, ended, "
    "evidence, output_hash, output_bytes, truncated, rules FROM triage_step ";

TriageStep step_of(Db& db, const Query& row) {
  TriageStep step;
  step.uid = row.uid(0);
  step.incident = row.uid(1);
  step.playbook = row.text(2);
  step.digest = row.text(3);
  step.step = row.text(4);
  const auto argv = Json::parse(row.text(5));
  for (const auto& word : argv.as_array())
    if (word.is_string()) step.argv.push_back(word.as_string());
  step.read_only = row.integer(6) != 0;
  step.approval = incident::approval_from(row.text(7)).value_or(incident::Approval::another);
  step.state = incident::triage_state_from(row.text(8)).value_or(incident::TriageState::waiting);
  step.requested_by = actor_name(db, row.uid(9));
  step.requested_at = row.instant(10);
  if (!row.null(11)) step.decided_by = actor_name(db, row.uid(11));
  step.authenticated = row.text(12);
  if (!row.null(13)) step.decided_at = row.instant(13);
  step.outcome =
      incident::step_outcome_from(row.text(14)).value_or(incident::StepOutcome::not_started);
  step.why = row.text(15);
  step.exit_code = static_cast<int>(row.integer(16));
  step.signal = static_cast<int>(row.integer(17));
  step.lasted = Micros{row.integer(18)};
  if (!row.null(19)) step.ended_at = row.instant(19);
  if (!row.null(20)) step.evidence = row.uid(20);
  step.output_hash = row.text(21);
  step.output_bytes = row.integer(22);
  step.truncated = row.integer(23) != 0;
  const auto rules = row.text(24);
  for (const auto rule : split(rules, ','))
    if (!rule.empty()) step.rules.emplace_back(rule);
  return step;
}

}  // namespace

const Aggregate& triage_aggregate() {
  static const std::array kKinds{
      Projection{"triage.requested", apply_requested, step_fields},
      Projection{"triage.decided", apply_step_decided, step_fields},
      Projection{"triage.started", apply_step_started, step_fields, kItRan},
      Projection{"triage.ran", apply_ran, step_fields, kItRan},
  };
  static const Aggregate kAggregate{kStepRecord.subjects, kKinds, clear_record<kStepRecord>, R"sql(
CREATE TABLE triage_step (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  playbook TEXT NOT NULL,
  digest TEXT NOT NULL,
  step TEXT NOT NULL,
  argv TEXT NOT NULL,
  read_only INTEGER NOT NULL,
  approval TEXT NOT NULL,
  state TEXT NOT NULL,
  requester BLOB NOT NULL,
  requested INTEGER NOT NULL,
  decider BLOB,
  authenticated TEXT,
  decided INTEGER,
  outcome TEXT,
  why TEXT,
  exit_code INTEGER,
  signal INTEGER,
  lasted INTEGER,
  ended INTEGER,
  evidence BLOB,
  output_hash TEXT,
  output_bytes INTEGER,
  truncated INTEGER,
  rules TEXT
) WITHOUT ROWID;
CREATE INDEX triage_step_incident ON triage_step (incident, requested);
)sql",
                                    {}, kNothingUnfinished};
  return kAggregate;
}

log::NewEvent triage_requested(const TriageStep& step) { return whole("triage.requested", step); }

log::NewEvent triage_decided(const TriageStep& step, bool approved) {
  auto event = step_event("triage.decided", step);
  event.body.set("approved", approved)
      .set("authenticated", step.authenticated)
      .set("digest", step.digest)
      .set("argv", argv_of(step));
  return event;
}

log::NewEvent triage_started(const TriageStep& step) { return step_event("triage.started", step); }

log::NewEvent triage_ran(const TriageStep& step) {
  auto event = whole("triage.ran", step);
  event.body.set("outcome", to_string(step.outcome))
      .set("why", step.why)
      .set("exit_code", step.exit_code)
      .set("signal", step.signal)
      .set("lasted_us", std::int64_t{step.lasted.count()})
      .set("output_hash", step.output_hash)
      .set("output_bytes", step.output_bytes)
      .set("truncated", step.truncated)
      .set("rules", join(step.rules, ","));
  if (step.evidence) event.body.set("evidence", step.evidence->to_string());
  return event;
}

std::vector<TriageStep> triage_steps(const Store& store, const Uid& incident) {
  static const auto kSql = std::string(kSelectSteps) + "WHERE incident = ? ORDER BY requested, uid";
  std::vector<TriageStep> steps;
  auto rows = store.db().query(kSql, incident);
  while (rows.step()) steps.push_back(step_of(store.db(), rows));
  return steps;
}

std::vector<TriageStep> expected_runs(const Store& store, const std::string& playbook,
                                      Instant from) {
  static const auto kSql = std::string(kSelectSteps) +
                           "WHERE playbook = ? AND state = 'done' AND outcome = 'expected' AND "
                           "ended >= ? ORDER BY ended, uid";
  std::vector<TriageStep> steps;
  auto rows = store.db().query(kSql, playbook, from);
  while (rows.step()) steps.push_back(step_of(store.db(), rows));
  return steps;
}

std::optional<TriageStep> find_triage_step(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectSteps) + "WHERE uid = ?";
  auto row = store.db().query(kSql, uid);
  if (!row.step()) return std::nullopt;
  return step_of(store.db(), row);
}

}  // namespace nines::store
