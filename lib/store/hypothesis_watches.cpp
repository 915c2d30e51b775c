// One row per watch, and one per time that it watched.
#include "store/hypothesis_watches.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "store/db.hpp"
#include "store/history.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using rca::Watch;
using rca::WatchedTime;

constexpr RecordKind kRecord{"hypothesis/", "HYP", "DELETE FROM hypothesis WHERE uid = ?"};

void apply_armed(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto watch = Uid::parse(body.text("watch"));
  if (!uid || !watch) return;
  const auto* every = body.find("every_us");
  const auto* steps = body.find("steps");
  db.run(
      "INSERT OR REPLACE INTO hypothesis_watch (uid, hypothesis, kind, pattern, expression, "
      "service, file, zone, steps, every, strength, armed_by, at, turn, ended) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      *watch, *uid, body.text("type"), body.text("pattern"), body.text("expression"),
      body.text("service"), body.text("file"), body.text("zone"),
      steps == nullptr ? std::string("[]") : steps->canonical(),
      every == nullptr ? std::nullopt : std::optional(every->as_int()), body.text("ratio"),
      body.text("by"), event.header.occurred_at, event.header.hlc.counter);
  put_text(db, event.header,
           {.kind = "hypothesis",
            .title = "",
            .text = body.text("pattern"),
            .part = body.text("watch")});
}

void apply_watch_ended(Db& db, const log::Event& event) {
  if (const auto watch = Uid::parse(event.body.text("watch")))
    db.run("UPDATE hypothesis_watch SET ended = 1 WHERE uid = ?", *watch);
}

void apply_watched(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto watch = Uid::parse(body.text("watch"));
  const auto from = parse_rfc3339(body.text("from"));
  const auto to = parse_rfc3339(body.text("to"));
  if (!uid || !watch || !from || !to || *to < *from) return;
  db.run(
      "INSERT OR REPLACE INTO hypothesis_watched (watch, began, until, matches, hypothesis, "
      "said_by, "
      "at, turn) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      *watch, *from, *to, body.integer("matches"), *uid, body.text("by"), event.header.occurred_at,
      event.header.hlc.counter);
}

std::vector<std::string> field_watch(const log::Event& event) {
  return {"watch/" + event.body.text("watch")};
}
std::vector<std::string> field_watched(const log::Event& event) {
  return {"watched/" + event.body.text("watch") + "/" + event.body.text("from")};
}

std::vector<std::string> steps_from(const std::string& text) {
  std::vector<std::string> steps;
  const auto json = Json::parse(text);
  if (!json.is_array()) return steps;
  for (const auto& one : json.as_array())
    if (one.is_string()) steps.push_back(one.as_string());
  return steps;
}

std::vector<WatchedTime> times_of(Db& db, const Uid& watch) {
  auto rows = db.query(
      "SELECT began, until, matches, said_by FROM hypothesis_watched WHERE watch = ? "
      "ORDER BY at, turn, began, until",
      watch);
  std::vector<WatchedTime> times;
  while (rows.step())
    times.push_back({rows.instant(0), rows.instant(1), rows.integer(2), rows.text(3)});
  return times;
}

void set_given(Json& body, const char* key, const std::string& text) {
  if (!text.empty()) body.set(key, text);
}

log::NewEvent event_of(const char* kind, const Uid& hypothesis, const Uid& watch, Instant at) {
  log::NewEvent event{.kind = kind,
                      .subject = subject_of(kRecord, hypothesis),
                      .body = Json::object(),
                      .occurred_at = at};
  event.body.set("watch", watch.to_string());
  return event;
}

}  // namespace

const std::array<Projection, 3> kWatchKinds{
    Projection{"hypothesis.watch_armed", apply_armed, field_watch},
    Projection{"hypothesis.watch_ended", apply_watch_ended, field_watch},
    Projection{"hypothesis.watched", apply_watched, field_watched}};

const char* const kWatchTables = R"sql(
CREATE TABLE hypothesis_watch (
  uid BLOB PRIMARY KEY,
  hypothesis BLOB NOT NULL,
  kind TEXT NOT NULL,
  pattern TEXT NOT NULL,
  expression TEXT NOT NULL,
  service TEXT NOT NULL,
  file TEXT NOT NULL,
  zone TEXT NOT NULL,
  steps TEXT NOT NULL,
  every INTEGER,
  strength TEXT NOT NULL,
  armed_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  ended INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX hypothesis_watch_of ON hypothesis_watch (hypothesis, at);
CREATE TABLE hypothesis_watched (
  watch BLOB NOT NULL,
  began INTEGER NOT NULL,
  until INTEGER NOT NULL,
  matches INTEGER NOT NULL,
  hypothesis BLOB NOT NULL,
  said_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (watch, began, until)
) WITHOUT ROWID;
CREATE INDEX hypothesis_watched_of ON hypothesis_watched (hypothesis);
)sql";

void clear_watches(Db& db, const Uid& hypothesis) {
  db.run("DELETE FROM hypothesis_watch WHERE hypothesis = ?", hypothesis);
  db.run("DELETE FROM hypothesis_watched WHERE hypothesis = ?", hypothesis);
}

std::vector<Watch> watches_of(Db& db, const Uid& hypothesis) {
  auto rows = db.query(
      "SELECT uid, kind, pattern, expression, service, file, zone, steps, every, strength, "
      "armed_by, at, turn, ended FROM hypothesis_watch WHERE hypothesis = ? ORDER BY at, turn, uid",
      hypothesis);
  std::vector<Watch> watches;
  while (rows.step()) {
    Watch watch;
    watch.uid = rows.uid(0);
    watch.kind = rca::watch_kind_from(rows.text(1)).value_or(rca::WatchKind::log);
    watch.pattern = rows.text(2);
    watch.expression = rows.text(3);
    watch.service = rows.text(4);
    watch.file = rows.text(5);
    watch.zone = rows.text(6);
    watch.steps = steps_from(rows.text(7));
    if (!rows.null(8)) watch.every = Micros{rows.integer(8)};
    watch.strength = rca::strength_from(rows.text(9)).value_or(rca::Strength::one);
    watch.by = rows.text(10);
    watch.at = rows.instant(11);
    watch.turn = rows.integer(12);
    watch.ended = rows.integer(13) != 0;
    watch.times = times_of(db, watch.uid);
    watches.push_back(std::move(watch));
  }
  return watches;
}

std::vector<Uid> watched_hypotheses(const Store& store) {
  auto rows = store.db().query(
      "SELECT h.uid FROM hypothesis h WHERE h.state NOT IN ('confirmed', 'refuted') AND EXISTS "
      "(SELECT 1 FROM hypothesis_watch w WHERE w.hypothesis = h.uid AND w.ended = 0) "
      "ORDER BY h.at, h.turn, h.uid");
  std::vector<Uid> uids;
  while (rows.step()) uids.push_back(rows.uid(0));
  return uids;
}

std::optional<Instant> last_match_ever(const Store& store, const Uid& hypothesis,
                                       const Uid& watch) {
  std::optional<Instant> last;
  const auto wanted = watch.to_string();
  visit_backwards(store, subject_of(kRecord, hypothesis), [&](const Recorded& recorded) {
    const auto& event = recorded.event;
    if (event.header.kind != "hypothesis.watched" || event.body.text("watch") != wanted ||
        event.body.integer("matches") <= 0)
      return true;
    if (const auto to = parse_rfc3339(event.body.text("to")))
      last = last ? std::max(*last, *to) : to;
    return true;
  });
  return last;
}

log::NewEvent watch_armed(const Uid& hypothesis, const Watch& watch) {
  auto event = event_of("hypothesis.watch_armed", hypothesis, watch.uid, watch.at);
  auto& body = event.body;
  body.set("type", to_string(watch.kind))
      .set("pattern", watch.pattern)
      .set("ratio", to_string(watch.strength))
      .set("by", watch.by);
  set_given(body, "expression", watch.expression);
  set_given(body, "service", watch.service);
  set_given(body, "file", watch.file);
  set_given(body, "zone", watch.zone);
  if (watch.every) body.set("every_us", watch.every->count());
  if (!watch.steps.empty()) {
    auto steps = Json::array();
    for (const auto& one : watch.steps) steps.push(one);
    body.set("steps", std::move(steps));
  }
  return event;
}

log::NewEvent watch_ended(const Uid& hypothesis, const Uid& watch, Instant at) {
  return event_of("hypothesis.watch_ended", hypothesis, watch, at);
}

log::NewEvent time_watched(const Uid& hypothesis, const Uid& watch, const WatchedTime& time,
                           Instant at) {
  auto event = event_of("hypothesis.watched", hypothesis, watch, at);
  event.body.set("from", format_utc(time.from))
      .set("to", format_utc(time.to))
      .set("matches", time.matches)
      .set("by", time.by);
  return event;
}

}  // namespace nines::store
