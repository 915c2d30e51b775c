// The tables of proposals: one row each with its newest words; the words it had before stand beside
// it.
#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/proposals.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using log::Event;

constexpr RecordKind kProposalRecord{"proposal/", "PRP", "DELETE FROM proposal WHERE uid = ?"};

void clear_proposal(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject))
    db.run("DELETE FROM proposal_revision WHERE proposal = ?", *uid);
  forget_record(db, kProposalRecord, subject);
}

std::string member_or(const Json& body, std::string_view key, const char* none) {
  const auto* value = body.find(key);
  return value == nullptr ? none : value->canonical();
}

void put_revision(Db& db, const Uid& uid, const Event& event) {
  const auto& body = event.body;
  db.run(
      "INSERT INTO proposal_revision (proposal, revision, kind, about, title, body, evidence, "
      "confidence, basis, at) SELECT ?1, coalesce(max(revision), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, "
      "?8, ?9 FROM proposal_revision WHERE proposal = ?1",
      uid, body.text("does"), body.text("about"), body.text("title"), member_or(body, "body", "{}"),
      member_or(body, "evidence", "[]"), body.integer("confidence"), body.text("basis"),
      event.header.recorded_at);
  db.run(
      "UPDATE proposal SET (revision, kind, about, title, body, evidence, confidence, basis, "
      "updated) = (SELECT revision, kind, about, title, body, evidence, confidence, basis, at FROM "
      "proposal_revision WHERE proposal = ?1 ORDER BY revision DESC LIMIT 1) WHERE uid = ?1",
      uid);
  std::string text;
  if (const auto* evidence = body.find("evidence"))
    for (const auto& one : incident::evidence_from(*evidence)) text += one.says + "\n";
  put_text(db, event.header,
           {.kind = "proposal", .title = body.text("title"), .text = std::move(text)});
}

void apply_made(Db& db, const Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid || db.integer("SELECT 1 FROM proposal WHERE uid = ?", *uid)) return;
  db.run(
      "INSERT INTO proposal (uid, kind, rule, about, title, body, evidence, confidence, basis, "
      "state, revision, proposed, turn, updated, decided, decided_by, because, edits, result, "
      "contested) "
      "VALUES (?, '', ?, '', '', '{}', '[]', 0, '', 'open', 0, ?, ?, ?, NULL, NULL, '', '{}', '', 0)",
      *uid, event.body.text("rule"), event.header.recorded_at, event.header.hlc.counter,
      event.header.recorded_at);
  put_revision(db, *uid, event);
  name_record(db, kProposalRecord, event);
}

bool is_open(Db& db, const Uid& uid) {
  return db.integer("SELECT 1 FROM proposal WHERE uid = ? AND state = 'open'", uid).has_value();
}

void apply_revised(Db& db, const Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (uid && is_open(db, *uid)) put_revision(db, *uid, event);
}

void apply_proposal_decided(Db& db, const Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  if (!is_open(db, *uid)) {
    db.run("UPDATE proposal SET contested = contested + 1 WHERE uid = ?", *uid);
    return;
  }
  const auto& body = event.body;
  db.run(
      "UPDATE proposal SET state = ?, decided = ?, decided_by = ?, because = ?, edits = ?, result "
      "= ? WHERE uid = ?",
      body.text("state"), event.header.occurred_at, event.header.actor,
      body.text("reason", body.text("because")), member_or(body, "edits", "{}"),
      body.text("result"), *uid);
}

std::vector<std::string> revision_field(const Event&) { return {"revision"}; }
std::vector<std::string> state_field(const Event&) { return {"state"}; }

std::string rule_of(std::string_view subject) {
  return std::string(subject.substr(subject.find('/') + 1));
}

void apply_rule_retired(Db& db, const Event& event) {
  db.run(
      "INSERT INTO proposal_rule (rule, retired, since) VALUES (?1, ?2, NULL) "
      "ON CONFLICT (rule) DO UPDATE SET retired = ?2",
      rule_of(event.header.subject), event.header.occurred_at);
}

void apply_reinstated(Db& db, const Event& event) {
  db.run(
      "INSERT INTO proposal_rule (rule, retired, since) VALUES (?1, NULL, ?2) "
      "ON CONFLICT (rule) DO UPDATE SET retired = NULL, since = ?2",
      rule_of(event.header.subject), event.header.occurred_at);
}

}  // namespace

const Aggregate& proposal_aggregate() {
  static const std::array kKinds{
      Projection{"proposal.made", apply_made},
      Projection{"proposal.revised", apply_revised, revision_field},
      Projection{"proposal.decided", apply_proposal_decided, state_field},
  };
  static const Aggregate kAggregate{kProposalRecord.subjects, kKinds, clear_proposal, R"sql(
CREATE TABLE proposal (
  uid BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  about TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  evidence TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  basis TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  proposed INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  decided INTEGER,
  decided_by BLOB,
  because TEXT NOT NULL,
  edits TEXT NOT NULL,
  result TEXT NOT NULL,
  contested INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX proposal_state ON proposal (state, proposed);
CREATE TABLE proposal_revision (
  proposal BLOB NOT NULL,
  revision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  evidence TEXT NOT NULL,
  confidence INTEGER NOT NULL,
  basis TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (proposal, revision)
) WITHOUT ROWID;
)sql",
                                    {}, "SELECT uid FROM proposal WHERE state = 'open'"};
  return kAggregate;
}

const Aggregate& rule_aggregate() {
  static const auto standing = [](const Event&) { return std::vector<std::string>{"standing"}; };
  static const std::array kKinds{Projection{"rule.retired", apply_rule_retired, standing},
                                 Projection{"rule.reinstated", apply_reinstated, standing}};
  static const auto clear = [](Db& db, std::string_view subject) {
    db.run("DELETE FROM proposal_rule WHERE rule = ?", rule_of(subject));
  };
  static const Aggregate kAggregate{"rule/", kKinds, clear, R"sql(
CREATE TABLE proposal_rule (
  rule TEXT PRIMARY KEY,
  retired INTEGER,
  since INTEGER
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::string proposal_subject(const Uid& proposal) { return subject_of(kProposalRecord, proposal); }

}  // namespace nines::store
