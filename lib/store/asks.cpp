// One row per ask; what follows it updates the row.
#include "store/asks.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/incident_events.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using incident::Ask;

constexpr RecordKind kAskRecord{"ask/", "ASK", "DELETE FROM ask WHERE uid = ?"};

std::vector<std::string> lines_in(const std::string& joined) {
  std::vector<std::string> lines;
  for (const auto line : split(joined, '\n'))
    if (!line.empty()) lines.emplace_back(line);
  return lines;
}

void apply_ask_opened(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto incident = Uid::parse(body.text("incident"));
  if (!uid || !incident) return;
  const auto* patience = body.find("patience_s");
  db.run(
      "INSERT OR REPLACE INTO ask (uid, incident, kind, addressee, role, key, text, asked_by, at, "
      "due, next, silent, patience, acknowledged, acknowledged_by, done, outcome, escalation) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, NULL, '', NULL, '', '')",
      *uid, *incident, body.text("type"), body.text("to"), body.text("role"), body.text("key"),
      body.text("text"), body.text("by"), event.header.occurred_at, parse_rfc3339(body.text("due")),
      body.text("next"),
      patience == nullptr ? std::nullopt : std::optional(patience->as_int() * 1'000'000));
  put_text(db, event.header,
           {.kind = "ask",
            .title = body.text("to") + " " + body.text("role"),
            .text = body.text("text")});
  name_record(db, kAskRecord, event);
}

void apply_passed(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto to = event.body.text("to");
  auto row = db.query("SELECT next, silent, addressee FROM ask WHERE uid = ?", *uid);
  if (!row.step()) return;
  auto next = lines_in(row.text(0));
  std::erase(next, to);
  auto silent = lines_in(row.text(1));
  silent.push_back(row.text(2));
  db.run("UPDATE ask SET addressee = ?, due = ?, next = ?, silent = ? WHERE uid = ?", to,
         parse_rfc3339(event.body.text("due")), join(next, "\n"), join(silent, "\n"), *uid);
}

/// Silence in the team's policy: the state after it, and who is asked now.
void apply_escalated(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto* state = event.body.find("state");
  if (!uid || state == nullptr) return;
  db.run("UPDATE ask SET addressee = ?, silent = ?, due = ?, escalation = ? WHERE uid = ?",
         event.body.text("to"), event.body.text("silent"), parse_rfc3339(event.body.text("due")),
         state->canonical(), *uid);
}

void apply_acknowledged(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE ask SET acknowledged = ?, acknowledged_by = ? WHERE uid = ?",
           event.header.occurred_at, event.body.text("by"), *uid);
}

void apply_closed(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE ask SET done = ?, outcome = ? WHERE uid = ?", event.header.occurred_at,
           event.body.text("outcome"), *uid);
}

std::vector<std::string> field_acknowledged(const log::Event&) { return {"acknowledged"}; }
std::vector<std::string> field_closed(const log::Event&) { return {"done"}; }
std::vector<std::string> field_passed(const log::Event&) { return {"addressee"}; }

constexpr std::string_view kSelectAsks =
    "SELECT uid, incident, kind, addressee, role, key, text, asked_by, at, due, next, silent, "
    "patience, acknowledged, acknowledged_by, done, outcome, escalation FROM ask ";

Ask ask_of(Db& db, const Query& row) {
  Ask ask;
  ask.uid = row.uid(0);
  ask.name = name_of(db, subject_of(kAskRecord, ask.uid));
  ask.incident = row.uid(1);
  ask.kind = incident::ask_kind_from(row.text(2)).value_or(incident::AskKind::team);
  ask.to = row.text(3);
  ask.role = row.text(4);
  ask.key = row.text(5);
  ask.text = row.text(6);
  ask.by = row.text(7);
  ask.at = row.instant(8);
  if (!row.null(9)) ask.due = row.instant(9);
  ask.next = lines_in(row.text(10));
  ask.silent = lines_in(row.text(11));
  if (!row.null(12)) ask.patience = Micros{row.integer(12)};
  if (!row.null(13)) ask.acknowledged_at = row.instant(13);
  ask.acknowledged_by = row.text(14);
  if (!row.null(15)) ask.done_at = row.instant(15);
  ask.outcome = row.text(16);
  if (const auto state = row.text(17); !state.empty())
    ask.escalation = incident::escalation_state_from(Json::parse(state));
  return ask;
}

std::vector<Ask> asks_in(Db& db, Query rows) {
  std::vector<Ask> asks;
  while (rows.step()) asks.push_back(ask_of(db, rows));
  // Of one moment: as they were numbered.
  std::stable_sort(asks.begin(), asks.end(), [](const Ask& a, const Ask& b) {
    return std::tuple(a.at, a.name.size(), a.name) < std::tuple(b.at, b.name.size(), b.name);
  });
  return asks;
}

log::NewEvent ask_event(const char* kind, const Uid& ask, Instant at) {
  return {.kind = kind,
          .subject = subject_of(kAskRecord, ask),
          .body = Json::object(),
          .occurred_at = at};
}

}  // namespace

const Aggregate& ask_aggregate() {
  static const std::array kKinds{
      Projection{"ask.opened", apply_ask_opened},
      Projection{"ask.passed", apply_passed, field_passed},
      Projection{"ask.escalated", apply_escalated, field_passed},
      Projection{"ask.acknowledged", apply_acknowledged, field_acknowledged},
      Projection{"ask.closed", apply_closed, field_closed}};
  static const Aggregate kAggregate{kAskRecord.subjects, kKinds, clear_record<kAskRecord>, R"sql(
CREATE TABLE ask (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  kind TEXT NOT NULL,
  addressee TEXT NOT NULL,
  role TEXT NOT NULL,
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  due INTEGER,
  next TEXT NOT NULL,
  silent TEXT NOT NULL,
  patience INTEGER,
  acknowledged INTEGER,
  acknowledged_by TEXT NOT NULL,
  done INTEGER,
  outcome TEXT NOT NULL,
  escalation TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX ask_incident ON ask (incident, at);
CREATE INDEX ask_open ON ask (at) WHERE done IS NULL;
)sql",
                                    {}, "SELECT uid FROM ask WHERE done IS NULL"};
  return kAggregate;
}

std::vector<Ask> asks_of(const Store& store, const Uid& incident) {
  static const auto kSql = std::string(kSelectAsks) + "WHERE incident = ? ORDER BY at, uid";
  return asks_in(store.db(), store.db().query(kSql, incident));
}

std::vector<Ask> open_asks(const Store& store) {
  static const auto kSql = std::string(kSelectAsks) + "WHERE done IS NULL ORDER BY at, uid";
  return asks_in(store.db(), store.db().query(kSql));
}

Ask get_ask(const Store& store, std::string_view name) {
  static const auto kSql = std::string(kSelectAsks) + "WHERE uid = ?";
  const auto numbered = get_numbered(store, kAskRecord.prefix, name);
  auto found = asks_in(store.db(), store.db().query(kSql, numbered.uid));
  if (found.empty())
    throw Error(ExitCode::not_found, "no ask '" + std::string(name) + "'",
                "nines incident teams lists them", "NO_ASK");
  return std::move(found.front());
}

log::NewEvent ask_opened(const Ask& ask, std::int64_t number) {
  auto event = ask_event("ask.opened", ask.uid, ask.at);
  event.body.set("number", number)
      .set("incident", ask.incident.to_string())
      .set("type", to_string(ask.kind))
      .set("to", ask.to)
      .set("text", ask.text)
      .set("by", ask.by);
  if (!ask.role.empty()) event.body.set("role", ask.role);
  if (!ask.key.empty()) event.body.set("key", ask.key);
  if (ask.due) event.body.set("due", format_utc(*ask.due));
  if (!ask.next.empty()) event.body.set("next", join(ask.next, "\n"));
  if (ask.patience) event.body.set("patience_s", ask.patience->count() / 1'000'000);
  return event;
}

log::NewEvent ask_passed(const Uid& ask, std::string_view from, std::string_view to, Instant at,
                         Instant due) {
  auto event = ask_event("ask.passed", ask, at);
  event.body.set("from", from).set("to", to).set("due", format_utc(due));
  return event;
}

log::NewEvent ask_escalated(const Ask& ask, Instant at) {
  auto event = ask_event("ask.escalated", ask.uid, at);
  event.body.set("to", ask.to).set("silent", join(ask.silent, "\n"));
  if (ask.due) event.body.set("due", format_utc(*ask.due));
  if (ask.escalation) event.body.set("state", to_json(*ask.escalation));
  return event;
}

log::NewEvent ask_acknowledged(const Uid& ask, std::string_view by, Instant at) {
  auto event = ask_event("ask.acknowledged", ask, at);
  event.body.set("by", by);
  return event;
}

log::NewEvent ask_closed(const Uid& ask, std::string_view outcome, Instant at) {
  auto event = ask_event("ask.closed", ask, at);
  event.body.set("outcome", outcome);
  return event;
}

}  // namespace nines::store
