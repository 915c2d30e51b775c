// The fold and the readers of alerts.
#include "store/alerts.hpp"

#include <array>

#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using incident::Alert;
using incident::Labels;

constexpr RecordKind kAlertRecord{"alert/", "", "DELETE FROM alert WHERE uid = ?"};

void clear_alert(Db& db, std::string_view subject) {
  const auto uid = record_uid(subject);
  if (!uid) return;
  db.run(kAlertRecord.remove, *uid);
  db.run("DELETE FROM alert_sighting WHERE alert = ?", *uid);
}

Json to_json(const Labels& labels) {
  auto json = Json::object();
  for (const auto& [name, value] : labels) json.set(name, value);
  return json;
}

Labels labels_from(const std::string& text) {
  Labels labels;
  const auto json = Json::parse(text);
  if (!json.is_object()) return labels;
  for (const auto& [name, value] : json.as_object())
    if (value.is_string()) labels.emplace(name, value.as_string());
  return labels;
}

std::string member_text(const Json& body, std::string_view key) {
  const auto* value = body.find(key);
  return value == nullptr ? "{}" : value->canonical();
}

std::string all_words(const Json& body) {
  std::string text;
  for (const auto* key : {"labels", "annotations"})
    if (const auto* object = body.find(key); object != nullptr && object->is_object())
      for (const auto& [name, value] : object->as_object())
        if (value.is_string()) text += value.as_string() + "\n";
  return text;
}

void apply_alert(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  const auto starts = parse_rfc3339(body.text("starts")).value_or(event.header.occurred_at);
  const auto ends = parse_rfc3339(body.text("ends"));
  const auto group = Uid::parse(body.text("group"));
  // What is resolved stays so; what people were shown with the first word stays in that group.
  db.run(
      "INSERT INTO alert (uid, source, fingerprint, labels, annotations, starts, ends, suppressed, "
      "url, group_key, receiver, other, grp, first_seen, last_seen) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14) "
      "ON CONFLICT (uid) DO UPDATE SET annotations = ?5, ends = coalesce(ends, ?7), "
      "suppressed = ?8, group_key = CASE group_key WHEN '' THEN ?10 ELSE group_key END, "
      "grp = coalesce(grp, ?13), last_seen = ?14",
      *uid, body.text("source"), body.text("fingerprint"), member_text(body, "labels"),
      member_text(body, "annotations"), starts, ends, body.text("status") == "suppressed",
      body.text("url"), body.text("group_key"), body.text("receiver"), body.text("other"), group,
      event.header.recorded_at);
  db.run("INSERT OR IGNORE INTO alert_sighting (alert, status, at, seen) VALUES (?, ?, ?, ?)", *uid,
         body.text("status"), event.header.occurred_at, event.header.recorded_at);
  const auto* labels = body.find("labels");
  put_text(db, event.header,
           {.kind = "alert",
            .title = labels == nullptr ? "" : labels->text("alertname"),
            .text = all_words(body),
            .at = starts});
}

std::vector<std::string> status_field(const log::Event& event) {
  return {"status:" + event.body.text("status")};
}

constexpr std::string_view kSelectAlerts =
    "SELECT uid, source, fingerprint, labels, annotations, starts, ends, suppressed, url, "
    "group_key, receiver, other, grp, first_seen, last_seen FROM alert ";

RecordedAlert alert_of(const Query& row) {
  RecordedAlert recorded;
  auto& alert = recorded.alert;
  alert.uid = row.uid(0);
  alert.source = row.text(1);
  alert.fingerprint = row.text(2);
  alert.labels = labels_from(row.text(3));
  alert.annotations = labels_from(row.text(4));
  alert.starts = row.instant(5);
  if (!row.null(6)) alert.ends = row.instant(6);
  alert.suppressed = row.integer(7) != 0;
  alert.generator_url = row.text(8);
  alert.group_key = row.text(9);
  alert.receiver = row.text(10);
  alert.other = row.text(11);
  if (!row.null(12)) recorded.group = row.uid(12);
  recorded.first_seen = row.instant(13);
  recorded.last_seen = row.instant(14);
  return recorded;
}

void set_text(Json& body, const char* key, const std::string& text) {
  if (!text.empty()) body.set(key, text);
}

}  // namespace

const Aggregate& alert_aggregate() {
  static const std::array kKinds{Projection{"alert.seen", apply_alert, status_field}};
  static const Aggregate kAggregate{kAlertRecord.subjects, kKinds, clear_alert, R"sql(
CREATE TABLE alert (
  uid BLOB PRIMARY KEY,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  labels TEXT NOT NULL,
  annotations TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER,
  suppressed INTEGER NOT NULL,
  url TEXT NOT NULL,
  group_key TEXT NOT NULL,
  receiver TEXT NOT NULL,
  other TEXT NOT NULL,
  grp BLOB,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX alert_group ON alert (grp, starts);
CREATE INDEX alert_end ON alert (ends, grp);
CREATE INDEX alert_start ON alert (starts);
CREATE TABLE alert_sighting (
  alert BLOB NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  PRIMARY KEY (alert, status)
) WITHOUT ROWID;
)sql",
                                    {}, "SELECT uid FROM alert WHERE ends IS NULL"};
  return kAggregate;
}

std::string_view alert_status(const Alert& alert) {
  if (alert.resolved()) return "resolved";
  return alert.suppressed ? "suppressed" : "firing";
}

log::NewEvent alert_seen(const Alert& alert, const std::optional<Uid>& group) {
  log::NewEvent event{
      .kind = "alert.seen", .subject = subject_of(kAlertRecord, alert.uid), .body = Json::object()};
  event.occurred_at = alert.ends.value_or(alert.starts);
  auto& body = event.body;
  body.set("source", alert.source)
      .set("fingerprint", alert.fingerprint)
      .set("status", alert_status(alert))
      .set("starts", format_utc(alert.starts))
      .set("labels", to_json(alert.labels))
      .set("annotations", to_json(alert.annotations));
  if (alert.ends) body.set("ends", format_utc(*alert.ends));
  set_text(body, "url", alert.generator_url);
  set_text(body, "group_key", alert.group_key);
  set_text(body, "receiver", alert.receiver);
  set_text(body, "other", alert.other);
  if (group) body.set("group", group->to_string());
  return event;
}

std::optional<RecordedAlert> find_alert(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectAlerts) + "WHERE uid = ?";
  auto rows = store.db().query(kSql, uid);
  if (!rows.step()) return std::nullopt;
  return alert_of(rows);
}

bool has_sighting(const Store& store, const Uid& uid, std::string_view status) {
  // One that was left at a place is over: every word of it was said.
  if (is_left_out(store.db(), subject_of(kAlertRecord, uid))) return true;
  return store.db()
      .integer("SELECT 1 FROM alert_sighting WHERE alert = ? AND status = ?", uid, status)
      .has_value();
}

std::vector<AlertSighting> alert_sightings(const Store& store, const Uid& uid) {
  std::vector<AlertSighting> sightings;
  auto rows = store.db().query(
      "SELECT status, at, seen FROM alert_sighting WHERE alert = ? ORDER BY at, seen, status", uid);
  while (rows.step()) sightings.push_back({rows.text(0), rows.instant(1), rows.instant(2)});
  return sightings;
}

std::vector<RecordedAlert> alerts_since(const Store& store, Instant from, std::string_view name,
                                        std::string_view watch) {
  static const auto kSql =
      std::string(kSelectAlerts) +
      "WHERE starts >= ?1 AND (?2 = '' OR json_extract(labels, '$.alertname') = ?2 OR "
      "json_extract(labels, '$.nines_watch') = ?3) ORDER BY starts, uid";
  std::vector<RecordedAlert> found;
  auto rows = store.db().query(kSql, from, name, watch);
  while (rows.step()) found.push_back(alert_of(rows));
  return found;
}

std::optional<Instant> alerts_heard_until(const Store& store, Instant now) {
  const auto at =
      store.db().integer("SELECT max(at) FROM alert_sighting WHERE at <= ?", epoch_micros(now));
  return at ? std::optional(from_epoch_micros(*at)) : std::nullopt;
}

std::vector<AlertKind> alert_kinds_of_group(const Store& store, const Uid& group) {
  std::vector<AlertKind> kinds;
  auto rows = store.db().query(
      "SELECT source, coalesce(json_extract(labels, '$.alertname'), ''), count(*), count(ends), "
      "min(starts), max(ends) FROM alert WHERE grp = ? GROUP BY 1, 2 ORDER BY 1, 2",
      group);
  while (rows.step()) {
    AlertKind kind{rows.text(0), rows.text(1)};
    kind.count = static_cast<std::size_t>(rows.integer(2));
    kind.ended = static_cast<std::size_t>(rows.integer(3));
    kind.first = rows.instant(4);
    if (!rows.null(5)) kind.last = rows.instant(5);
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

std::optional<RecordedAlert> last_ended_of_group(const Store& store, const Uid& group) {
  static const auto kSql =
      std::string(kSelectAlerts) +
      "WHERE grp = ? AND ends IS NOT NULL ORDER BY ends DESC, starts, uid LIMIT 1";
  auto rows = store.db().query(kSql, group);
  if (!rows.step()) return std::nullopt;
  return alert_of(rows);
}

std::vector<RecordedAlert> alerts_of_group(const Store& store, const Uid& group) {
  static const auto kSql = std::string(kSelectAlerts) + "WHERE grp = ? ORDER BY starts, uid";
  std::vector<RecordedAlert> alerts;
  auto rows = store.db().query(kSql, group);
  while (rows.step()) alerts.push_back(alert_of(rows));
  return alerts;
}

std::vector<Uid> live_alert_groups(const Store& store, Instant ended, Instant started) {
  std::vector<Uid> groups;
  auto rows = store.db().query(
      "SELECT grp FROM alert WHERE grp IS NOT NULL AND ends >= ?1 UNION "
      "SELECT grp FROM alert WHERE grp IS NOT NULL AND ends IS NULL AND starts >= ?2 ORDER BY grp",
      ended, started);
  while (rows.step()) groups.push_back(rows.uid(0));
  return groups;
}

}  // namespace nines::store
