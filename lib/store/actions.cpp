// One row per action and one per field of it.
#include "store/actions.hpp"

#include <array>
#include <map>

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using remediate::Action;
using remediate::ActionState;

constexpr RecordKind kActionRecord{"action/", "ACT", "DELETE FROM action WHERE uid = ?"};

void put_field(Db& db, const log::Event& event, const Uid& action, const std::string& field,
               const std::string& value) {
  if (value.empty())
    db.run("DELETE FROM action_field WHERE action = ? AND field = ?", action, field);
  else
    db.run("INSERT OR REPLACE INTO action_field (action, field, value) VALUES (?, ?, ?)", action,
           field, value);
  const bool is_title = field == remediate::field::kTitle;
  put_text(db, event.header,
           {.kind = "action",
            .title = is_title ? value : "",
            .text = is_title ? "" : value,
            .part = is_title ? std::string_view{} : std::string_view{field}});
}

void apply_action_added(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "INSERT OR REPLACE INTO action (uid, incident, state, because, added_by, at, turn, closed) "
      "VALUES (?, ?, 'open', '', ?, ?, ?, NULL)",
      *uid, Uid::parse(body.text("incident")), body.text("by"), event.header.occurred_at,
      event.header.hlc.counter);
  if (const auto* fields = body.find("fields"))
    if (fields->is_object())
      for (const auto& [name, value] : fields->as_object())
        if (value.is_string()) put_field(db, event, *uid, name, value.as_string());
  name_record(db, kActionRecord, event);
}

void apply_action_set(Db& db, const log::Event& event) {
  const auto field = event.body.text("field");
  if (const auto uid = record_uid(event.header.subject); uid && !field.empty())
    put_field(db, event, *uid, field, event.body.text("to"));
}

void apply_action_state(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto state = remediate::action_state_from(event.body.text("to"));
  const bool closes = state && *state >= ActionState::done;
  db.run("UPDATE action SET state = ?, because = ?, closed = ? WHERE uid = ?",
         event.body.text("to"), event.body.text("because"),
         closes ? std::optional(event.header.occurred_at) : std::nullopt, *uid);
}

void clear(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject))
    db.run("DELETE FROM action_field WHERE action = ?", *uid);
  forget_record(db, kActionRecord, subject);
}

std::vector<std::string> action_field_named(const log::Event& event) {
  return {event.body.text("field")};
}
std::vector<std::string> field_state(const log::Event&) { return {"state"}; }

constexpr std::string_view kSelect =
    "SELECT uid, incident, state, because, added_by, at, closed FROM action ";

/// Fields of all actions in one reading, or of one.
std::map<Uid, decltype(Action::fields)> fields_of(Db& db, const std::optional<Uid>& one) {
  std::map<Uid, decltype(Action::fields)> found;
  auto rows = one ? db.query("SELECT action, field, value FROM action_field WHERE action = ?", *one)
                  : db.query("SELECT action, field, value FROM action_field");
  while (rows.step()) found[rows.uid(0)].insert_or_assign(rows.text(1), rows.text(2));
  return found;
}

Action row_of(const Query& row) {
  Action one;
  one.uid = row.uid(0);
  if (!row.null(1)) one.incident = row.uid(1);
  one.state = remediate::action_state_from(row.text(2)).value_or(ActionState::open);
  one.because = row.text(3);
  one.by = row.text(4);
  one.at = row.instant(5);
  if (!row.null(6)) one.closed_at = row.instant(6);
  return one;
}

log::NewEvent action_event(const char* kind, const Uid& action, Instant at) {
  return {
      .kind = kind, .subject = action_subject(action), .body = Json::object(), .occurred_at = at};
}

}  // namespace

const Aggregate& action_aggregate() {
  static const std::array kKinds{Projection{"action.added", apply_action_added},
                                 Projection{"action.set", apply_action_set, action_field_named},
                                 Projection{"action.state_set", apply_action_state, field_state}};
  static const Aggregate kAggregate{kActionRecord.subjects, kKinds, clear, R"sql(
CREATE TABLE action (
  uid BLOB PRIMARY KEY,
  incident BLOB,
  state TEXT NOT NULL,
  because TEXT NOT NULL,
  added_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  closed INTEGER
) WITHOUT ROWID;
CREATE INDEX action_incident ON action (incident);
CREATE TABLE action_field (
  action BLOB NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (action, field)
) WITHOUT ROWID;
CREATE INDEX action_tracker ON action_field (value) WHERE field = 'tracker';
)sql",
                                    {}, "SELECT uid FROM action WHERE state IN ('open', 'in-progress')"};
  return kAggregate;
}

std::string action_subject(const Uid& action) { return subject_of(kActionRecord, action); }

std::vector<Action> actions(const Store& store, const std::optional<Uid>& incident) {
  static const auto kAll = std::string(kSelect) + "ORDER BY at, turn, uid";
  static const auto kOfOne = std::string(kSelect) + "WHERE incident = ? ORDER BY at, turn, uid";
  auto& db = store.db();
  auto names = names_of(db, kActionRecord.prefix);
  auto fields = fields_of(db, std::nullopt);
  auto rows = incident ? db.query(kOfOne, *incident) : db.query(kAll);
  std::vector<Action> list;
  while (rows.step()) {
    auto one = row_of(rows);
    one.name = std::move(names[one.uid]);
    one.fields = std::move(fields[one.uid]);
    list.push_back(std::move(one));
  }
  return list;
}

std::optional<Action> find_action(const Store& store, const Uid& uid) {
  static const auto kOne = std::string(kSelect) + "WHERE uid = ?";
  auto& db = store.db();
  auto row = db.query(kOne, uid);
  if (!row.step()) return std::nullopt;
  auto one = row_of(row);
  one.name = name_of(db, action_subject(uid));
  one.fields = std::move(fields_of(db, uid)[uid]);
  return one;
}

Action get_action(const Store& store, std::string_view name) {
  const auto numbered = get_numbered(store, kActionRecord.prefix, name);
  if (auto found = find_action(store, numbered.uid)) return std::move(*found);
  throw Error(ExitCode::not_found, "no action '" + std::string(name) + "'",
              "nines remediate list shows them", "NO_ACTION");
}

std::optional<Action> action_tracked_as(const Store& store, std::string_view tracker) {
  auto row = store.db().query(
      "SELECT action.uid FROM action_field JOIN action ON action.uid = action_field.action "
      "WHERE field = 'tracker' AND value = ? ORDER BY at, turn, action.uid LIMIT 1",
      std::string(tracker));
  if (row.step()) return find_action(store, row.uid(0));
  require_origin_here(store.db(), kTrackerItems, tracker);
  return std::nullopt;
}

log::NewEvent action_added(const Action& action, std::int64_t number) {
  auto event = action_event("action.added", action.uid, action.at);
  auto fields = Json::object();
  for (const auto& [name, value] : action.fields) fields.set(name, value);
  event.body.set("number", number).set("by", action.by).set("fields", std::move(fields));
  if (action.incident) event.body.set("incident", action.incident->to_string());
  return event;
}

log::NewEvent action_field_set(const Uid& action, std::string_view field, std::string_view from,
                               std::string_view to, Instant at) {
  auto event = action_event("action.set", action, at);
  event.body.set("field", field).set("from", from).set("to", to);
  return event;
}

log::NewEvent action_state_set(const Uid& action, ActionState from, ActionState to,
                               std::string_view because, Instant at) {
  auto event = action_event("action.state_set", action, at);
  event.body.set("from", to_string(from)).set("to", to_string(to)).set("because", because);
  return event;
}

}  // namespace nines::store
