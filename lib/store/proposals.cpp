// The events of proposals, and reading them back.
#include "store/proposals.hpp"

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"

namespace nines::store {
namespace {

using incident::Proposal;
using incident::ProposalState;
constexpr std::string_view kSelectProposals =
    "SELECT uid, kind, rule, about, title, body, evidence, confidence, basis, state, revision, "
    "proposed, updated, decided, decided_by, because, edits, result, contested FROM proposal ";

void fill_words(Proposal& p, const Query& row, int body) {
  p.body = Json::parse(row.text(body));
  p.evidence = incident::evidence_from(Json::parse(row.text(body + 1)));
  p.confidence = {static_cast<int>(row.integer(body + 2)), row.text(body + 3)};
}

Proposal proposal_of(Db& db, const Query& row) {
  Proposal p;
  p.uid = row.uid(0);
  p.name = name_of(db, proposal_subject(p.uid));
  p.kind = row.text(1);
  p.rule = row.text(2);
  p.subject = row.text(3);
  p.title = row.text(4);
  fill_words(p, row, 5);
  p.state = incident::proposal_state_from(row.text(9)).value_or(ProposalState::open);
  p.revision = static_cast<int>(row.integer(10));
  p.proposed_at = row.instant(11);
  p.updated_at = row.instant(12);
  if (!row.null(13))
    p.decision = {p.state,      actor_name(db, row.uid(14)), row.instant(13),
                  row.text(15), Json::parse(row.text(16)),   row.text(17)};
  p.contested = static_cast<int>(row.integer(18));
  return p;
}

log::NewEvent worded_event(const char* kind, const Proposal& p) {
  log::NewEvent event{.kind = kind, .subject = proposal_subject(p.uid), .body = Json::object()};
  event.body.set("rule", p.rule)
      .set("does", p.kind)
      .set("title", p.title)
      .set("body", p.body.is_null() ? Json::object() : p.body)
      .set("evidence", incident::to_json(p.evidence))
      .set("confidence", p.confidence.percent)
      .set("basis", p.confidence.basis);
  if (!p.subject.empty()) event.body.set("about", p.subject);
  return event;
}

constexpr std::string_view kRates =
    "SELECT p.rule, sum(state = 'open'), "
    "sum(state = 'accepted' AND decided > coalesce(since, decided - 1)), "
    "sum(state = 'accepted' AND edits <> '{}' AND decided > coalesce(since, decided - 1)), "
    "sum(state = 'rejected' AND decided > coalesce(since, decided - 1)), "
    "sum(state = 'withdrawn'), max(retired), max(since) "
    "FROM proposal p LEFT JOIN proposal_rule r ON r.rule = p.rule ";

incident::RuleRecord rates_of(const Query& row) {
  incident::RuleRecord record{row.text(0),    row.integer(1), row.integer(2),
                              row.integer(3), row.integer(4), row.integer(5)};
  if (!row.null(6)) record.retired_at = row.instant(6);
  if (!row.null(7)) record.counted_since = row.instant(7);
  return record;
}

}  // namespace

log::NewEvent proposal_made(const Proposal& proposal, std::int64_t number) {
  auto event = worded_event("proposal.made", proposal);
  event.body.set("number", number);
  return event;
}

log::NewEvent proposal_revised(const Proposal& proposal) {
  return worded_event("proposal.revised", proposal);
}

log::NewEvent proposal_decided(const Uid& proposal, const incident::Decision& decision,
                               int revision) {
  log::NewEvent event{
      .kind = "proposal.decided", .subject = proposal_subject(proposal), .body = Json::object()};
  event.occurred_at = decision.at;
  event.body.set("state", to_string(decision.state)).set("revision", revision);
  if (!decision.because.empty()) event.body.set("reason", decision.because);
  if (decision.edited()) event.body.set("edits", decision.edits);
  if (!decision.result.empty()) event.body.set("result", decision.result);
  return event;
}

log::NewEvent rule_retired(const incident::RuleRecord& record) {
  log::NewEvent event{
      .kind = "rule.retired", .subject = "rule/" + record.rule, .body = Json::object()};
  event.body.set("accepted", record.accepted).set("decided", record.decided());
  return event;
}

log::NewEvent rule_reinstated(std::string_view rule) {
  return {
      .kind = "rule.reinstated", .subject = "rule/" + std::string(rule), .body = Json::object()};
}

std::vector<Proposal> proposals(const Store& store, const ProposalFilter& filter) {
  static const auto kSql = std::string(kSelectProposals) +
                           "WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR kind = ?2) AND "
                           "(?3 IS NULL OR rule = ?3) AND (?4 IS NULL OR about = ?4) AND "
                           "(?5 IS NULL OR result = ?5) "
                           "ORDER BY proposed DESC, turn, uid";
  const auto state =
      filter.state ? std::optional(std::string(to_string(*filter.state))) : std::nullopt;
  std::vector<Proposal> found;
  auto rows =
      store.db().query(kSql, state, filter.kind, filter.rule, filter.subject, filter.result);
  while (rows.step()) found.push_back(proposal_of(store.db(), rows));
  return found;
}

std::optional<Proposal> find_proposal(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectProposals) + "WHERE uid = ?";
  auto rows = store.db().query(kSql, uid);
  if (!rows.step()) return std::nullopt;
  return proposal_of(store.db(), rows);
}

Proposal get_proposal(const Store& store, std::string_view name) {
  const auto numbered = get_numbered(store, "PRP", name);
  auto found = find_proposal(store, numbered.uid);
  if (!found)
    throw Error(ExitCode::not_found, "no proposal '" + std::string(name) + "'",
                "nines incident proposals --all", "NO_PROPOSAL");
  return std::move(*found);
}

std::vector<Proposal> proposal_revisions(const Store& store, const Uid& uid) {
  std::vector<Proposal> revisions;
  auto rows = store.db().query(
      "SELECT revision, kind, about, title, body, evidence, confidence, basis, at FROM "
      "proposal_revision WHERE proposal = ? ORDER BY revision",
      uid);
  while (rows.step()) {
    Proposal p;
    p.uid = uid;
    p.revision = static_cast<int>(rows.integer(0));
    p.kind = rows.text(1);
    p.subject = rows.text(2);
    p.title = rows.text(3);
    fill_words(p, rows, 4);
    p.updated_at = rows.instant(8);
    revisions.push_back(std::move(p));
  }
  return revisions;
}

std::vector<incident::RuleRecord> rule_records(const Store& store) {
  static const auto kSql = std::string(kRates) + "GROUP BY p.rule ORDER BY p.rule";
  std::vector<incident::RuleRecord> records;
  auto rows = store.db().query(kSql);
  while (rows.step()) records.push_back(rates_of(rows));
  return records;
}

incident::RuleRecord rule_record(const Store& store, std::string_view rule) {
  static const auto kSql = std::string(kRates) + "WHERE p.rule = ? GROUP BY p.rule";
  auto rows = store.db().query(kSql, rule);
  if (rows.step()) return rates_of(rows);
  return {std::string(rule)};
}

}  // namespace nines::store
