// One row per change request, and one per person who said yes or no to it.
#include "store/change_requests.hpp"

#include <array>
#include <map>

#include "base/error.hpp"
#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

using remediate::ChangeRequest;

constexpr RecordKind kRequestRecord{"change_request/", "CR",
                                    "DELETE FROM change_request WHERE uid = ?"};

void apply_request_made(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto body = remediate::request_body_from(event.body);
  if (!uid || !body) return;
  db.run(
      "INSERT OR REPLACE INTO change_request (uid, at, turn, by_name, by_actor, said, lifted, "
      "outcome, because, rejected, started, finished) VALUES (?, ?, ?, ?, ?, ?, '', '', '', NULL, "
      "NULL, NULL)",
      *uid, event.header.occurred_at, event.header.hlc.counter, event.body.text("by"),
      event.header.actor, remediate::to_json(*body).canonical());
  put_text(db, event.header,
           {.kind = "change request",
            .title = body->title,
            .text = body->reason + "\n" + body->back_out + "\n" + body->tests + "\n" +
                    join(body->services, " ") + "\n" + join(body->links, " ")});
  name_record(db, kRequestRecord, event);
}

void apply_request_voted(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto voter = voter_of(event.body, event.header.actor);
  if (event.body.boolean("withdrawn"))
    db.run("DELETE FROM change_request_vote WHERE request = ? AND actor = ?", *uid, voter);
  else
    db.run(
        "INSERT OR REPLACE INTO change_request_vote (request, actor, name, approves, because, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        *uid, voter, event.body.text("by"),
        std::int64_t{event.body.boolean("approves") ? 1 : 0}, event.body.text("because"),
        event.header.occurred_at);
}

void apply_request_rejected(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE change_request SET rejected = ?, because = ? WHERE uid = ?",
           event.header.occurred_at, event.body.text("because"), *uid);
}

void apply_request_started(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE change_request SET started = ?, lifted = ? WHERE uid = ?",
           event.header.occurred_at, event.body.text("lifted"), *uid);
}

void apply_request_finished(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE change_request SET finished = ?, outcome = ?, because = ? WHERE uid = ?",
           event.header.occurred_at, event.body.text("outcome"), event.body.text("because"), *uid);
}

void clear_request(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject))
    db.run("DELETE FROM change_request_vote WHERE request = ?", *uid);
  forget_record(db, kRequestRecord, subject);
}

std::vector<std::string> vote_field(const log::Event& event) {
  return {"vote " + voter_of(event.body, event.header.actor).to_string()};
}
std::vector<std::string> request_state_field(const log::Event&) { return {"state"}; }

std::map<Uid, std::vector<remediate::Vote>> votes_of(Db& db) {
  std::map<Uid, std::vector<remediate::Vote>> found;
  auto rows = db.query(
      "SELECT request, actor, name, approves, because, at FROM change_request_vote ORDER BY at, "
      "actor");
  while (rows.step())
    found[rows.uid(0)].push_back({{rows.text(2), rows.uid(1)},
                                  rows.integer(3) != 0,
                                  rows.text(4),
                                  rows.instant(5)});
  return found;
}

std::optional<Instant> instant_or_none(const Query& row, int column) {
  return row.null(column) ? std::nullopt : std::optional(row.instant(column));
}

log::NewEvent request_event(const char* kind, const Uid& uid, Instant at) {
  return {.kind = kind,
          .subject = subject_of(kRequestRecord, uid),
          .body = Json::object(),
          .occurred_at = at};
}

/// An emergency that nobody else has agreed to is owed a word, however it ended.
constexpr std::string_view kUnfinishedRequests =
    "SELECT uid FROM change_request WHERE (rejected IS NULL AND finished IS NULL) OR "
    "(json_extract(said, '$.type') = 'emergency' AND rejected IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM change_request_vote v WHERE v.request = uid AND v.approves = 1))";

}  // namespace

const Aggregate& change_request_aggregate() {
  static const std::array kKinds{
      Projection{"change_request.made", apply_request_made},
      Projection{"change_request.voted", apply_request_voted, vote_field},
      Projection{"change_request.rejected", apply_request_rejected, request_state_field},
      Projection{"change_request.started", apply_request_started, request_state_field},
      Projection{"change_request.finished", apply_request_finished, request_state_field}};
  static const Aggregate kAggregate{kRequestRecord.subjects, kKinds, clear_request, R"sql(
CREATE TABLE change_request (
  uid BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  by_actor BLOB NOT NULL,
  said TEXT NOT NULL,
  lifted TEXT NOT NULL,
  outcome TEXT NOT NULL,
  because TEXT NOT NULL,
  rejected INTEGER,
  started INTEGER,
  finished INTEGER
) WITHOUT ROWID;
CREATE TABLE change_request_vote (
  request BLOB NOT NULL,
  actor BLOB NOT NULL,
  name TEXT NOT NULL,
  approves INTEGER NOT NULL,
  because TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (request, actor)
) WITHOUT ROWID;
)sql",
                                    {}, kUnfinishedRequests};
  return kAggregate;
}

std::vector<ChangeRequest> change_requests(const Store& store) {
  auto& db = store.db();
  auto names = names_of(db, kRequestRecord.prefix);
  auto votes = votes_of(db);
  auto rows = db.query(
      "SELECT uid, at, by_name, by_actor, said, lifted, outcome, because, rejected, started, "
      "finished FROM change_request ORDER BY at, turn, uid");
  std::vector<ChangeRequest> found;
  while (rows.step()) {
    auto body = remediate::request_body_from(Json::parse(rows.text(4)));
    if (!body) continue;
    ChangeRequest one;
    one.uid = rows.uid(0);
    one.name = std::move(names[one.uid]);
    one.asked = std::move(*body);
    one.at = rows.instant(1);
    one.by = {rows.text(2), rows.uid(3)};
    one.lifted = rows.text(5);
    one.outcome = remediate::request_outcome_from(rows.text(6))
                      .value_or(remediate::RequestOutcome::none);
    one.because = rows.text(7);
    one.rejected_at = instant_or_none(rows, 8);
    one.started_at = instant_or_none(rows, 9);
    one.finished_at = instant_or_none(rows, 10);
    one.votes = std::move(votes[one.uid]);
    found.push_back(std::move(one));
  }
  return found;
}

ChangeRequest get_change_request(const Store& store, std::string_view name) {
  const auto numbered = get_numbered(store, kRequestRecord.prefix, name);
  for (auto& one : change_requests(store))
    if (one.uid == numbered.uid) return std::move(one);
  throw Error(ExitCode::not_found, "no change request '" + std::string(name) + "'",
              "nines remediate change list shows them", "NO_REQUEST");
}

std::optional<Uid> known_actor(const Store& store, const std::string& name) {
  return find_actor(store.db(), store.state().replica, name);
}

log::NewEvent change_request_made(const Uid& uid, const remediate::RequestBody& body,
                                  const std::string& by, Instant at, std::int64_t number) {
  auto event = request_event("change_request.made", uid, at);
  event.body = remediate::to_json(body);
  event.body.set("by", by).set("number", number);
  return event;
}

Uid voter_of(const Json& body, const Uid& actor) {
  if (body.find("review") == nullptr) return actor;
  return named_uid("reviewer/" + to_lower_ascii(body.text("by")));
}

log::NewEvent change_request_voted(const Uid& uid, const remediate::Vote& vote) {
  auto event = request_event("change_request.voted", uid, vote.at);
  event.body.set("by", vote.who.name).set("approves", vote.approves).set("because", vote.because);
  return event;
}

log::NewEvent change_request_rejected(const Uid& uid, const std::string& by,
                                      const std::string& because, Instant at) {
  auto event = request_event("change_request.rejected", uid, at);
  event.body.set("by", by).set("because", because);
  return event;
}

log::NewEvent change_request_started(const Uid& uid, const std::string& by,
                                     const std::string& lifted, Instant at) {
  auto event = request_event("change_request.started", uid, at);
  event.body.set("by", by).set("lifted", lifted);
  return event;
}

log::NewEvent change_request_finished(const Uid& uid, remediate::RequestOutcome outcome,
                                      const std::string& because, Instant at) {
  auto event = request_event("change_request.finished", uid, at);
  event.body.set("outcome", to_string(outcome)).set("because", because);
  return event;
}

}  // namespace nines::store
