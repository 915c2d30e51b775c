// Escalations: events, folds, tables and reads.
#include "store/escalations.hpp"

#include <array>

#include "store/db.hpp"
#include "store/record.hpp"

namespace nines::store {
namespace {

using incident::EscalationState;
using incident::Happening;
using incident::Occurrence;
using incident::Page;
using incident::PageResult;
using log::Event;

constexpr std::string_view kEscalationSubjects = "escalation/";

log::NewEvent escalation_event(std::string kind, const Uid& incident) {
  return {.kind = std::move(kind),
          .subject = std::string(kEscalationSubjects) + incident.to_string(),
          .body = Json::object()};
}

Uid escalated_incident(const Event& event) {
  return record_uid(event.header.subject).value_or(Uid{});
}

void apply_moved(Db& db, const Event& event) {
  const auto incident = escalated_incident(event);
  const auto& body = event.body;
  const auto* state = body.find("state");
  const auto old = db.text("SELECT state FROM escalation WHERE incident = ?", incident);
  const auto text = state != nullptr ? state->canonical() : old.value_or("{}");
  const auto phase = Json::parse(text).text("phase", "running");
  db.run(
      "INSERT INTO escalation (incident, state, phase, revision) VALUES (?1, ?2, ?3, 1) "
      "ON CONFLICT (incident) DO UPDATE SET state = ?2, phase = ?3, revision = revision + 1",
      incident, text, phase);
  db.run(
      "INSERT INTO escalation_step (incident, revision, at, what, policy, step, cycle, why) "
      "SELECT ?1, revision, ?2, ?3, ?4, ?5, ?6, ?7 FROM escalation WHERE incident = ?1",
      incident, event.header.occurred_at, body.text("what"), body.text("policy"), body.text("step"),
      body.integer("cycle"), body.text("why"));
}

void apply_page(Db& db, const Event& event) {
  const auto& body = event.body;
  const auto uid = Uid::parse(body.text("page"));
  if (!uid) return;
  db.run(
      "INSERT OR REPLACE INTO page (uid, incident, policy, step, cycle, person, channel, target, "
      "in_turn, at, result, why, command, finished) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
      *uid, escalated_incident(event), body.text("policy"), body.text("step"),
      body.integer("cycle"), body.text("person"), body.text("channel"), body.text("target"),
      body.boolean("in_turn"), event.header.occurred_at, body.text("result"), body.text("why"),
      body.text("command"));
}

void apply_page_ended(Db& db, const Event& event) {
  const auto uid = Uid::parse(event.body.text("page"));
  if (!uid) return;
  db.run("UPDATE page SET result = ?, why = ?, finished = ? WHERE uid = ?",
         event.body.text("result"), event.body.text("why"), event.header.occurred_at, *uid);
}

std::vector<std::string> field_escalation(const Event&) { return {"escalation"}; }
std::vector<std::string> field_page(const Event& event) {
  return {"page:" + event.body.text("page")};
}

constexpr std::string_view kPageWentOut = "a page cannot be called back";

void clear_escalation(Db& db, std::string_view subject) {
  const auto incident = record_uid(subject);
  if (!incident) return;
  db.run("DELETE FROM escalation WHERE incident = ?", *incident);
  db.run("DELETE FROM escalation_step WHERE incident = ?", *incident);
  db.run("DELETE FROM page WHERE incident = ?", *incident);
}

constexpr std::string_view kEscalationTables = R"sql(
CREATE TABLE escalation (
  incident BLOB PRIMARY KEY,
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE escalation_step (
  incident BLOB NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  policy TEXT NOT NULL,
  step TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (incident, revision)
) WITHOUT ROWID;
CREATE TABLE page (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  policy TEXT NOT NULL,
  step TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  person TEXT NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  in_turn INTEGER NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL,
  why TEXT NOT NULL,
  command TEXT NOT NULL,
  finished INTEGER
) WITHOUT ROWID;
CREATE INDEX page_when ON page (at);
CREATE INDEX page_incident ON page (incident, at);
CREATE INDEX page_result ON page (result);
CREATE INDEX page_turn ON page (policy, step, at) WHERE in_turn = 1;
)sql";

EscalationRow escalation_of(const Query& rows) {
  return {rows.uid(0), incident::escalation_state_from(Json::parse(rows.text(1))), rows.integer(2)};
}

Page page_of(const Query& rows) {
  Page page;
  page.uid = rows.uid(0);
  page.incident = rows.uid(1);
  page.policy = rows.text(2);
  page.step = rows.text(3);
  page.cycle = rows.integer(4);
  page.person = rows.text(5);
  page.channel = rows.text(6);
  page.target = rows.text(7);
  page.in_turn = rows.integer(8) != 0;
  page.at = rows.instant(9);
  page.result = incident::page_result_from(rows.text(10)).value_or(PageResult::intended);
  page.why = rows.text(11);
  page.command = rows.text(12);
  if (!rows.null(13)) page.finished = rows.instant(13);
  return page;
}

}  // namespace

const Aggregate& escalation_aggregate() {
  static const std::array kKinds{
      Projection{"escalation.started", apply_moved, field_escalation},
      Projection{"escalation.acknowledged", apply_moved, field_escalation},
      Projection{"escalation.stepped", apply_moved, field_escalation},
      Projection{"escalation.moved", apply_moved, field_escalation},
      Projection{"escalation.exhausted", apply_moved, field_escalation},
      Projection{"page.intended", apply_page, field_page, kPageWentOut},
      Projection{"page.simulated", apply_page, field_page},
      Projection{"page.sent", apply_page_ended, field_page, kPageWentOut},
      Projection{"page.failed", apply_page_ended, field_page, kPageWentOut},
      Projection{"page.unresolved", apply_page_ended, field_page, kPageWentOut},
  };
  static const Aggregate kAggregate{kEscalationSubjects, kKinds, clear_escalation,
                                    kEscalationTables, {}, kNothingUnfinished};
  return kAggregate;
}

log::NewEvent escalation_started(const Uid& incident, const EscalationState& state,
                                 std::string_view why) {
  auto event = escalation_event("escalation.started", incident);
  event.occurred_at = state.since;
  event.body.set("what", "started")
      .set("policy", state.policy)
      .set("why", why)
      .set("state", to_json(state));
  return event;
}

log::NewEvent escalation_acknowledged(const Uid& incident, const EscalationState& state,
                                      std::string_view person, Instant at) {
  auto event = escalation_event("escalation.acknowledged", incident);
  event.occurred_at = at;
  event.body.set("what", "acknowledged")
      .set("policy", state.policy)
      .set("cycle", state.cycle)
      .set("person", person)
      .set("why", "by " + std::string(person))
      .set("state", to_json(state));
  return event;
}

log::NewEvent escalation_moved(const Uid& incident, const Occurrence& occurrence,
                               const EscalationState* state) {
  auto event = escalation_event(occurrence.what == Happening::paged       ? "escalation.stepped"
                                : occurrence.what == Happening::exhausted ? "escalation.exhausted"
                                                                          : "escalation.moved",
                                incident);
  event.occurred_at = occurrence.at;
  event.body.set("what", to_string(occurrence.what))
      .set("policy", occurrence.policy)
      .set("step", occurrence.step)
      .set("cycle", occurrence.cycle)
      .set("why", occurrence.why);
  if (state != nullptr) event.body.set("state", to_json(*state));
  return event;
}

log::NewEvent page_recorded(const Page& page) {
  auto event = escalation_event(
      page.result == PageResult::simulated ? "page.simulated" : "page.intended", page.incident);
  event.occurred_at = page.at;
  event.body.set("page", page.uid.to_string())
      .set("policy", page.policy)
      .set("step", page.step)
      .set("cycle", page.cycle)
      .set("person", page.person)
      .set("channel", page.channel)
      .set("target", page.target)
      .set("in_turn", page.in_turn)
      .set("result", to_string(page.result))
      .set("why", page.why)
      .set("command", page.command);
  return event;
}

log::NewEvent page_ended(const Page& page) {
  auto event = escalation_event("page." + std::string(to_string(page.result)), page.incident);
  event.occurred_at = page.finished.value_or(page.at);
  event.body.set("page", page.uid.to_string())
      .set("person", page.person)
      .set("channel", page.channel)
      .set("step", page.step)
      .set("result", to_string(page.result))
      .set("why", page.why);
  return event;
}

std::optional<EscalationRow> find_escalation(const Store& store, const Uid& incident) {
  auto rows = store.db().query(
      "SELECT incident, state, revision FROM escalation WHERE incident = ?", incident);
  if (!rows.step()) return std::nullopt;
  return escalation_of(rows);
}

std::vector<EscalationRow> running_escalations(const Store& store) {
  std::vector<EscalationRow> found;
  auto rows = store.db().query(
      "SELECT e.incident, e.state, e.revision FROM escalation e JOIN incident i "
      "ON i.uid = e.incident WHERE i.status IN ('triage', 'declared') "
      "ORDER BY e.incident");
  while (rows.step()) found.push_back(escalation_of(rows));
  return found;
}

std::vector<EscalationStepRow> escalation_steps(const Store& store, const Uid& incident) {
  std::vector<EscalationStepRow> steps;
  auto rows = store.db().query(
      "SELECT at, what, policy, step, cycle, why FROM escalation_step WHERE incident = ? "
      "ORDER BY revision",
      incident);
  while (rows.step())
    steps.push_back(
        {rows.instant(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4), rows.text(5)});
  return steps;
}

std::vector<Page> pages(const Store& store, const PageFilter& filter) {
  std::vector<Page> found;
  auto rows = store.db().query(
      "SELECT uid, incident, policy, step, cycle, person, channel, target, in_turn, at, result, "
      "why, command, finished FROM page WHERE (?1 IS NULL OR incident = ?1) AND "
      "(?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at < ?3) AND (?4 = 0 OR result = 'intended') "
      "ORDER BY at, uid",
      filter.incident, filter.from, filter.to, filter.intended_only);
  while (rows.step()) found.push_back(page_of(rows));
  return found;
}

std::vector<Instant> alert_times(const Store& store, const Uid& incident) {
  std::vector<Instant> times;
  auto rows = store.db().query(
      "SELECT at FROM incident_entry WHERE incident = ? AND origin_system NOT IN ('', 'nines') "
      "AND retracted = 0 ORDER BY at",
      incident);
  while (rows.step()) times.push_back(rows.instant(0));
  return times;
}

std::map<std::string, std::string> last_told(const Store& store) {
  std::map<std::string, std::string> last;
  auto rows = store.db().query(
      "SELECT p.policy, p.step, p.person FROM page p JOIN incident i ON i.uid = p.incident "
      "WHERE p.in_turn = 1 AND i.mode IN ('standard', 'retrospective') ORDER BY p.at, p.uid");
  while (rows.step()) last[rows.text(0) + "/" + rows.text(1)] = rows.text(2);
  return last;
}

}  // namespace nines::store
