// One row per postmortem, and one per revision, review, and request.
#include "store/postmortems.hpp"

#include <array>

#include "base/error.hpp"
#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "domain/postmortem/document.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using postmortem::Postmortem;
using postmortem::Publication;
using postmortem::Review;
using postmortem::Revision;

constexpr RecordKind kPostmortemRecord{"postmortem/", "PM", "DELETE FROM postmortem WHERE uid = ?"};

std::optional<Day> day_from(std::int64_t days) { return Day{std::chrono::days{days}}; }

void apply_text_written(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  const auto text = body.text("text"), digest = body.text("digest"), from = body.text("from");
  std::int64_t number = 1;
  std::string before;
  {
    auto last = db.query(
        "SELECT number, digest FROM postmortem_revision WHERE postmortem = ? ORDER BY number DESC "
        "LIMIT 1",
        *uid);
    if (last.step()) {
      number = last.integer(0) + 1;
      before = last.text(1);
    }
  }
  if (number == 1) {
    db.run(
        "INSERT INTO postmortem (uid, incident, author, origin, created, changed, revision, "
        "published, published_by, published_at, published_revision, head) VALUES (?, ?, ?, ?, ?, "
        "?, "
        "1, '', '', 0, 0, '')",
        *uid, Uid::parse(body.text("incident")).value_or(Uid{}), body.text("by"),
        body.text("origin"), event.header.occurred_at, event.header.occurred_at);
    name_record(db, kPostmortemRecord, event);
  } else {
    db.run("UPDATE postmortem SET changed = ?, revision = ? WHERE uid = ?",
           event.header.occurred_at, number, *uid);
    if (!body.text("origin").empty())
      db.run("UPDATE postmortem SET origin = ? WHERE uid = ?", body.text("origin"), *uid);
  }
  db.run(
      "INSERT INTO postmortem_revision (postmortem, number, text, digest, from_digest, contested, "
      "written_by, at, because, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, number, text, digest, from, from != before, body.text("by"), event.header.occurred_at,
      body.text("because"), body.text("origin"));
  put_text(db, event.header,
           {.kind = "postmortem",
            .title = body.text("title"),
            .text = std::string(postmortem::body_of(text))});
}

void apply_review_asked(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  const auto* due = body.find("due");
  db.run(
      "INSERT OR REPLACE INTO postmortem_review (postmortem, reviewer, asked_by, asked, due, "
      "verdict, because, at, digest) VALUES (?, ?, ?, ?, ?, 'none', '', NULL, '')",
      *uid, body.text("reviewer"), body.text("by"), event.header.occurred_at,
      due != nullptr ? std::optional(body.integer("due")) : std::nullopt);
}

void apply_reviewed(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "UPDATE postmortem_review SET verdict = ?, because = ?, at = ?, digest = ? WHERE postmortem "
      "= "
      "? AND reviewer = ?",
      body.text("verdict"), body.text("reason"), event.header.occurred_at, body.text("digest"),
      *uid, body.text("reviewer"));
}

void apply_postmortem_published(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  std::vector<std::string> heads;
  if (const auto* head = body.find("head"))
    if (head->is_array())
      for (const auto& one : head->as_array())
        if (one.is_string()) heads.push_back(one.as_string());
  db.run(
      "UPDATE postmortem SET published = ?, published_by = ?, published_at = ?, published_revision "
      "= ?, head = ? WHERE uid = ?",
      body.text("digest"), body.text("by"), event.header.occurred_at, body.integer("revision"),
      join(heads, " "), *uid);
}

void apply_blame_asked(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "INSERT INTO postmortem_request (postmortem, at, turn, asked_by, text, answer, noted_by) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      *uid, event.header.occurred_at, event.header.hlc.counter, body.text("asked_by"),
      body.text("text"), body.text("answer"), body.text("by"));
}

void clear_postmortem(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject)) {
    db.run("DELETE FROM postmortem_revision WHERE postmortem = ?", *uid);
    db.run("DELETE FROM postmortem_review WHERE postmortem = ?", *uid);
    db.run("DELETE FROM postmortem_request WHERE postmortem = ?", *uid);
  }
  forget_record(db, kPostmortemRecord, subject);
}

std::vector<std::string> text_field(const log::Event&) { return {"text"}; }
std::vector<std::string> review_field(const log::Event& event) {
  return {"review/" + event.body.text("reviewer")};
}
std::vector<std::string> published_field(const log::Event&) { return {"published"}; }
std::vector<std::string> request_field(const log::Event& event) {
  return {"request/" + log::to_string(event.header.ref)};
}

std::vector<Review> reviews_of(Db& db, const Uid& uid) {
  auto rows = db.query(
      "SELECT reviewer, asked_by, asked, due, verdict, because, at, digest FROM postmortem_review "
      "WHERE postmortem = ? ORDER BY reviewer",
      uid);
  std::vector<Review> list;
  while (rows.step()) {
    Review one;
    one.reviewer = rows.text(0);
    one.asked_by = rows.text(1);
    one.asked_at = rows.instant(2);
    if (!rows.null(3)) one.due = day_from(rows.integer(3));
    one.verdict = postmortem::verdict_from(rows.text(4)).value_or(postmortem::Verdict::none);
    one.because = rows.text(5);
    if (!rows.null(6)) one.at = rows.instant(6);
    one.digest = rows.text(7);
    list.push_back(std::move(one));
  }
  return list;
}

constexpr std::string_view kPostmortemSelect =
    "SELECT p.uid, p.incident, p.author, p.origin, p.created, p.changed, p.revision, r.digest, "
    "p.published, p.published_by, p.published_at, p.published_revision, p.head FROM postmortem p "
    "JOIN postmortem_revision r ON r.postmortem = p.uid AND r.number = p.revision ";

Postmortem postmortem_row(Db& db, const Query& row) {
  Postmortem one;
  one.uid = row.uid(0);
  one.incident = row.uid(1);
  one.author = row.text(2);
  one.origin = row.text(3);
  one.created_at = row.instant(4);
  one.changed_at = row.instant(5);
  one.revision = static_cast<int>(row.integer(6));
  one.digest = row.text(7);
  if (const auto digest = row.text(8); !digest.empty()) {
    Publication published{
        row.text(9), row.instant(10), digest, static_cast<int>(row.integer(11)), {}};
    const auto heads = row.text(12);
    for (const auto head : split(heads, ' ')) published.head.emplace_back(head);
    one.published = std::move(published);
  }
  one.name = name_of(db, subject_of(kPostmortemRecord, one.uid));
  one.reviews = reviews_of(db, one.uid);
  auto contested = db.query(
      "SELECT number FROM postmortem_revision WHERE postmortem = ? AND contested ORDER BY number",
      one.uid);
  while (contested.step()) one.contested.push_back(static_cast<int>(contested.integer(0)));
  auto requests = db.query(
      "SELECT asked_by, text, answer, noted_by, at FROM postmortem_request WHERE postmortem = ? "
      "ORDER BY at, turn, text",
      one.uid);
  while (requests.step())
    one.requests.push_back({requests.text(0), requests.text(1), requests.text(2), requests.text(3),
                            requests.instant(4)});
  return one;
}

/// Edited since it was published is under way again.
constexpr std::string_view kUnpublished =
    "SELECT uid FROM postmortem WHERE published = '' OR published_revision <> revision";

}  // namespace

const Aggregate& postmortem_aggregate() {
  static const std::array kKinds{
      Projection{"postmortem.written", apply_text_written, text_field},
      Projection{"postmortem.review_asked", apply_review_asked, review_field},
      Projection{"postmortem.reviewed", apply_reviewed, review_field},
      Projection{"postmortem.published", apply_postmortem_published, published_field},
      Projection{"postmortem.blame_asked", apply_blame_asked, request_field}};
  static const Aggregate kAggregate{kPostmortemRecord.subjects, kKinds, clear_postmortem, R"sql(
CREATE TABLE postmortem (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  author TEXT NOT NULL,
  origin TEXT NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  published TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_revision INTEGER NOT NULL,
  head TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE postmortem_revision (
  postmortem BLOB NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  digest TEXT NOT NULL,
  from_digest TEXT NOT NULL,
  contested INTEGER NOT NULL,
  written_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  because TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (postmortem, number)
);
CREATE TABLE postmortem_review (
  postmortem BLOB NOT NULL,
  reviewer TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked INTEGER NOT NULL,
  due INTEGER,
  verdict TEXT NOT NULL,
  because TEXT NOT NULL,
  at INTEGER,
  digest TEXT NOT NULL,
  PRIMARY KEY (postmortem, reviewer)
) WITHOUT ROWID;
CREATE TABLE postmortem_request (
  postmortem BLOB NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  text TEXT NOT NULL,
  answer TEXT NOT NULL,
  noted_by TEXT NOT NULL
);
CREATE INDEX postmortem_request_of ON postmortem_request (postmortem);
)sql",
                                    {}, kUnpublished};
  return kAggregate;
}

Uid postmortem_uid(const Uid& incident) {
  return named_uid("nines postmortem\n" + incident.to_string());
}

std::string postmortem_subject(const Uid& postmortem) {
  return subject_of(kPostmortemRecord, postmortem);
}

std::vector<Postmortem> postmortems(const Store& store) {
  static const auto kAll = std::string(kPostmortemSelect) + "ORDER BY p.created, p.uid";
  auto& db = store.db();
  auto rows = db.query(kAll);
  std::vector<Postmortem> list;
  while (rows.step()) list.push_back(postmortem_row(db, rows));
  return list;
}

std::optional<Postmortem> find_postmortem(const Store& store, const Uid& incident) {
  static const auto kOne = std::string(kPostmortemSelect) + "WHERE p.uid = ?";
  auto& db = store.db();
  auto row = db.query(kOne, postmortem_uid(incident));
  if (!row.step()) return std::nullopt;
  auto one = postmortem_row(db, row);
  one.text = postmortem_text(store, one.uid, one.revision);
  return one;
}

std::vector<Revision> postmortem_revisions(const Store& store, const Uid& postmortem) {
  auto rows = store.db().query(
      "SELECT number, written_by, at, digest, from_digest, because, origin FROM "
      "postmortem_revision WHERE "
      "postmortem = ? ORDER BY number",
      postmortem);
  std::vector<Revision> list;
  while (rows.step())
    list.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.instant(2), rows.text(3),
                    rows.text(4), rows.text(5), rows.text(6)});
  return list;
}

std::string postmortem_text(const Store& store, const Uid& postmortem, int revision) {
  auto row =
      store.db().query("SELECT text FROM postmortem_revision WHERE postmortem = ? AND number = ?",
                       postmortem, revision);
  if (row.step()) return row.text(0);
  throw Error(ExitCode::not_found, "there is no revision " + std::to_string(revision),
              "nines report postmortem show --history lists them", "NO_REVISION");
}

log::NewEvent postmortem_written(const Postmortem& after, std::string_view from,
                                 std::string_view by, std::int64_t number, Instant at) {
  const auto title = postmortem::front_value(after.text, "title").value_or("");
  return {.kind = "postmortem.written",
          .subject = postmortem_subject(after.uid),
          .body = Json::object({{"number", number},
                                {"incident", after.incident.to_string()},
                                {"title", title},
                                {"text", after.text},
                                {"digest", after.digest},
                                {"from", from},
                                {"by", by},
                                {"origin", after.origin}}),
          .occurred_at = at};
}

log::NewEvent review_asked(const Uid& postmortem, const Review& review) {
  auto body = Json::object({{"reviewer", review.reviewer}, {"by", review.asked_by}});
  if (review.due)
    body.set("due", static_cast<std::int64_t>(review.due->time_since_epoch().count()));
  return {.kind = "postmortem.review_asked",
          .subject = postmortem_subject(postmortem),
          .body = std::move(body),
          .occurred_at = review.asked_at};
}

log::NewEvent review_given(const Uid& postmortem, const Review& review) {
  return {.kind = "postmortem.reviewed",
          .subject = postmortem_subject(postmortem),
          .body = Json::object({{"reviewer", review.reviewer},
                                {"verdict", postmortem::to_string(review.verdict)},
                                {"reason", review.because},
                                {"digest", review.digest}}),
          .occurred_at = review.at.value_or(Instant{})};
}

log::NewEvent postmortem_published(const Uid& postmortem, const Publication& publication) {
  auto head = Json::array();
  for (const auto& one : publication.head) head.push(one);
  return {.kind = "postmortem.published",
          .subject = postmortem_subject(postmortem),
          .body = Json::object({{"digest", publication.digest},
                                {"revision", publication.revision},
                                {"by", publication.by},
                                {"head", std::move(head)}}),
          .occurred_at = publication.at};
}

log::NewEvent blame_asked(const Uid& postmortem, const postmortem::BlameRequest& request) {
  return {.kind = "postmortem.blame_asked",
          .subject = postmortem_subject(postmortem),
          .body = Json::object({{"asked_by", request.by},
                                {"text", request.text},
                                {"answer", request.answer},
                                {"by", request.noted_by}}),
          .occurred_at = request.at};
}

std::vector<std::string> head_vector(const Store& store) {
  std::vector<std::string> heads;
  for (const auto& [replica, head] : all_heads(store.db()))
    heads.push_back(log::to_string(log::EventRef{replica, head.seq}));
  return heads;
}

}  // namespace nines::store
