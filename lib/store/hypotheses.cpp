// One row per hypothesis and one per piece of evidence.
#include "store/hypotheses.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/history.hpp"
#include "store/hypothesis_watches.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using rca::Hypothesis;

constexpr RecordKind kHypothesisRecord{"hypothesis/", "HYP",
                                       "DELETE FROM hypothesis WHERE uid = ?"};

/// The fields that hypothesis.set may name, each a column.
constexpr std::array<std::string_view, 6> kFields{"text",   "layer",         "counterfactual",
                                                  "action", "accepted_risk", "capture"};

void apply_added(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto analysis = Uid::parse(body.text("analysis"));
  if (!uid || !analysis) return;
  const auto* prior = body.find("prior_percent");
  const auto* rival = body.find("rival");
  db.run(
      "INSERT OR REPLACE INTO hypothesis (uid, analysis, parent, rival, text, layer, prior, state, "
      "because, counterfactual, action, accepted_risk, capture, added_by, at, turn) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, 'open', '', '', '', '', '', ?, ?, ?)",
      *uid, *analysis, Uid::parse(body.text("parent")),
      std::int64_t{rival == nullptr || rival->as_bool()}, body.text("text"), body.text("layer"),
      prior == nullptr ? std::nullopt : std::optional(prior->as_int()), body.text("by"),
      event.header.occurred_at, event.header.hlc.counter);
  put_text(db, event.header, {.kind = "hypothesis", .title = body.text("text"), .text = ""});
  name_record(db, kHypothesisRecord, event);
}

void apply_set(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto field = event.body.text("field");
  const auto known = std::find(kFields.begin(), kFields.end(), field);
  if (!uid || known == kFields.end()) return;  // a newer nines sets more
  db.run("UPDATE hypothesis SET " + std::string(*known) + " = ? WHERE uid = ?",
         event.body.text("to"), *uid);
  const bool is_title = field == "text";
  put_text(db, event.header,
           {.kind = "hypothesis",
            .title = is_title ? event.body.text("to") : "",
            .text = is_title ? "" : event.body.text("to"),
            .part = is_title ? std::string_view{} : *known});
}

void apply_state_set(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE hypothesis SET state = ?, because = ? WHERE uid = ?", event.body.text("to"),
           event.body.text("because"), *uid);
}

void apply_evidence(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto item = Uid::parse(body.text("item"));
  if (!uid || !item) return;
  const auto* proposed = body.find("proposed");
  db.run(
      "INSERT OR REPLACE INTO hypothesis_evidence (uid, hypothesis, kind, strength, text, source, "
      "given_by, at, turn, proposed, because, was, watch) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
      *item, *uid, body.text("type"), body.text("ratio"), body.text("text"), body.text("source"),
      body.text("by"), event.header.occurred_at, event.header.hlc.counter,
      proposed == nullptr ? std::string() : proposed->canonical(), body.text("because"),
      Uid::parse(body.text("watch")));
  put_text(
      db, event.header,
      {.kind = "hypothesis", .title = "", .text = body.text("text"), .part = body.text("item")});
}

/// What it was first given with stays beside what counts now.
void apply_weighed(Db& db, const log::Event& event) {
  const auto& body = event.body;
  if (const auto item = Uid::parse(body.text("item")))
    db.run(
        "UPDATE hypothesis_evidence SET was = CASE was WHEN '' THEN strength ELSE was END, "
        "strength = ?, because = ? WHERE uid = ?",
        body.text("to"), body.text("because"), *item);
}

void clear_hypothesis(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject)) {
    db.run("DELETE FROM hypothesis_evidence WHERE hypothesis = ?", *uid);
    clear_watches(db, *uid);
  }
  forget_record(db, kHypothesisRecord, subject);
}

std::vector<std::string> hypothesis_field(const log::Event& event) {
  return {event.body.text("field")};
}
std::vector<std::string> hypothesis_state(const log::Event&) { return {"state"}; }
std::vector<std::string> evidence_field(const log::Event& event) {
  return {"evidence/" + event.body.text("item")};
}

/// The log holds no fractions: ratios are decimal strings in it.
std::string ratio_text(double ratio) { return fmt::format("{:.4g}", ratio); }

double ratio_from(const std::string& text) {
  const auto ratio = Decimal::parse(text);
  return ratio ? ratio->to_double() : 1;
}

Json ratio_json(const rca::ProposedRatio& proposed) {
  return Json::object({{"ratio", ratio_text(proposed.ratio)},
                       {"low", ratio_text(proposed.low)},
                       {"high", ratio_text(proposed.high)},
                       {"step", to_string(proposed.step)},
                       {"method", proposed.method}});
}

std::optional<rca::ProposedRatio> proposed_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto json = Json::parse(text);
  return rca::ProposedRatio{
      ratio_from(json.text("ratio")), ratio_from(json.text("low")), ratio_from(json.text("high")),
      rca::strength_from(json.text("step")).value_or(rca::Strength::one), json.text("method")};
}

std::vector<rca::Evidence> evidence_of(Db& db, const Uid& hypothesis) {
  auto rows = db.query(
      "SELECT uid, kind, strength, text, source, given_by, at, turn, proposed, because, was, watch "
      "FROM hypothesis_evidence WHERE hypothesis = ? ORDER BY at, turn, uid",
      hypothesis);
  std::vector<rca::Evidence> items;
  while (rows.step()) {
    rca::Evidence item{rows.uid(0),
                       rca::evidence_kind_from(rows.text(1)).value_or(rca::EvidenceKind::testimony),
                       rca::strength_from(rows.text(2)).value_or(rca::Strength::one),
                       rows.text(3),
                       rows.text(4),
                       rows.text(5),
                       rows.instant(6),
                       rows.integer(7)};
    item.proposed = proposed_from(rows.text(8));
    item.because = rows.text(9);
    item.was = rca::strength_from(rows.text(10));
    if (!rows.null(11)) item.watch = rows.uid(11);
    items.push_back(std::move(item));
  }
  return items;
}

constexpr std::string_view kSelectHypotheses =
    "SELECT uid, analysis, parent, rival, text, layer, prior, state, because, counterfactual, "
    "action, accepted_risk, capture, added_by, at FROM hypothesis ";

std::vector<Hypothesis> hypotheses_in(Db& db, Query rows) {
  std::vector<Hypothesis> list;
  while (rows.step()) {
    Hypothesis one;
    one.uid = rows.uid(0);
    one.name = name_of(db, subject_of(kHypothesisRecord, one.uid));
    one.analysis = rows.uid(1);
    if (!rows.null(2)) one.parent = rows.uid(2);
    one.rival = rows.integer(3) != 0;
    one.text = rows.text(4);
    one.layer = rca::layer_from(rows.text(5)).value_or(rca::Layer::none);
    if (!rows.null(6)) one.prior_percent = static_cast<int>(rows.integer(6));
    one.state = rca::hypothesis_state_from(rows.text(7)).value_or(rca::HypothesisState::open);
    one.because = rows.text(8);
    one.counterfactual = rows.text(9);
    one.action = rows.text(10);
    one.accepted_risk = rows.text(11);
    one.capture = rows.text(12);
    one.by = rows.text(13);
    one.at = rows.instant(14);
    one.evidence = evidence_of(db, one.uid);
    one.watches = watches_of(db, one.uid);
    list.push_back(std::move(one));
  }
  return list;
}

log::NewEvent hypothesis_event(const char* kind, const Uid& hypothesis, Instant at) {
  return {.kind = kind,
          .subject = subject_of(kHypothesisRecord, hypothesis),
          .body = Json::object(),
          .occurred_at = at};
}

constexpr std::string_view kHypothesisTables = R"sql(
CREATE TABLE hypothesis (
  uid BLOB PRIMARY KEY,
  analysis BLOB NOT NULL,
  parent BLOB,
  rival INTEGER NOT NULL,
  text TEXT NOT NULL,
  layer TEXT NOT NULL,
  prior INTEGER,
  state TEXT NOT NULL,
  because TEXT NOT NULL,
  counterfactual TEXT NOT NULL,
  action TEXT NOT NULL,
  accepted_risk TEXT NOT NULL,
  capture TEXT NOT NULL,
  added_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX hypothesis_analysis ON hypothesis (analysis, at);
CREATE TABLE hypothesis_evidence (
  uid BLOB PRIMARY KEY,
  hypothesis BLOB NOT NULL,
  kind TEXT NOT NULL,
  strength TEXT NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  given_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  proposed TEXT NOT NULL,
  because TEXT NOT NULL,
  was TEXT NOT NULL,
  watch BLOB
) WITHOUT ROWID;
CREATE INDEX hypothesis_evidence_of ON hypothesis_evidence (hypothesis, at);
)sql";

/// What is still watched for.
constexpr std::string_view kUnfinishedHypotheses =
    "SELECT hypothesis FROM hypothesis_watch WHERE ended = 0";

}  // namespace

const Aggregate& hypothesis_aggregate() {
  static const std::array kKinds{
      Projection{"hypothesis.added", apply_added},
      Projection{"hypothesis.set", apply_set, hypothesis_field},
      Projection{"hypothesis.state_set", apply_state_set, hypothesis_state},
      Projection{"hypothesis.evidence_given", apply_evidence, evidence_field},
      Projection{"hypothesis.evidence_weighed", apply_weighed, evidence_field},
      kWatchKinds[0],
      kWatchKinds[1],
      kWatchKinds[2]};
  static const auto kTables = std::string(kHypothesisTables) + kWatchTables;
  static const Aggregate kAggregate{kHypothesisRecord.subjects, kKinds, clear_hypothesis, kTables,
                                    {}, kUnfinishedHypotheses};
  return kAggregate;
}

std::vector<Hypothesis> hypotheses_of(const Store& store, const Uid& analysis) {
  static const auto kSql =
      std::string(kSelectHypotheses) + "WHERE analysis = ? ORDER BY at, turn, uid";
  return hypotheses_in(store.db(), store.db().query(kSql, analysis));
}

std::size_t hypothesis_count(const Store& store, const Uid& analysis) {
  return static_cast<std::size_t>(
      store.db()
          .integer("SELECT count(*) FROM hypothesis WHERE analysis = ?", analysis)
          .value_or(0));
}

std::optional<Hypothesis> find_hypothesis(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectHypotheses) + "WHERE uid = ?";
  auto found = hypotheses_in(store.db(), store.db().query(kSql, uid));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Hypothesis get_hypothesis(const Store& store, std::string_view name) {
  static const auto kSql = std::string(kSelectHypotheses) + "WHERE uid = ?";
  const auto numbered = get_numbered(store, kHypothesisRecord.prefix, name);
  auto found = hypotheses_in(store.db(), store.db().query(kSql, numbered.uid));
  if (found.empty())
    throw Error(ExitCode::not_found, "no hypothesis '" + std::string(name) + "'",
                "nines rca why shows them", "NO_HYPOTHESIS");
  return std::move(found.front());
}

log::NewEvent hypothesis_added(const Hypothesis& hypothesis, std::int64_t number) {
  auto event = hypothesis_event("hypothesis.added", hypothesis.uid, hypothesis.at);
  event.body.set("number", number)
      .set("analysis", hypothesis.analysis.to_string())
      .set("rival", hypothesis.rival)
      .set("text", hypothesis.text)
      .set("by", hypothesis.by);
  if (hypothesis.parent) event.body.set("parent", hypothesis.parent->to_string());
  if (hypothesis.layer != rca::Layer::none) event.body.set("layer", to_string(hypothesis.layer));
  if (hypothesis.prior_percent) event.body.set("prior_percent", *hypothesis.prior_percent);
  return event;
}

log::NewEvent hypothesis_field_set(const Uid& hypothesis, std::string_view field,
                                   std::string_view from, std::string_view to, Instant at) {
  auto event = hypothesis_event("hypothesis.set", hypothesis, at);
  event.body.set("field", field).set("from", from).set("to", to);
  return event;
}

log::NewEvent hypothesis_state_set(const Uid& hypothesis, rca::HypothesisState from,
                                   rca::HypothesisState to, std::string_view because, Instant at) {
  auto event = hypothesis_event("hypothesis.state_set", hypothesis, at);
  event.body.set("from", to_string(from)).set("to", to_string(to)).set("because", because);
  return event;
}

log::NewEvent evidence_given(const Uid& hypothesis, const rca::Evidence& evidence) {
  auto event = hypothesis_event("hypothesis.evidence_given", hypothesis, evidence.at);
  event.body.set("item", evidence.uid.to_string())
      .set("type", to_string(evidence.kind))
      .set("ratio", to_string(evidence.strength))
      .set("text", evidence.text)
      .set("by", evidence.by);
  if (!evidence.source.empty()) event.body.set("source", evidence.source);
  if (evidence.proposed) event.body.set("proposed", ratio_json(*evidence.proposed));
  if (!evidence.because.empty()) event.body.set("because", evidence.because);
  if (evidence.watch) event.body.set("watch", evidence.watch->to_string());
  return event;
}

log::NewEvent evidence_weighed(const Uid& hypothesis, const rca::Evidence& from, rca::Strength to,
                               std::string_view because, Instant at) {
  auto event = hypothesis_event("hypothesis.evidence_weighed", hypothesis, at);
  event.body.set("item", from.uid.to_string())
      .set("from", to_string(from.strength))
      .set("to", to_string(to))
      .set("because", because);
  return event;
}

bool evidence_was_given(const Store& store, const Uid& hypothesis, const Uid& item) {
  bool given = false;
  const auto wanted = item.to_string();
  visit_backwards(store, subject_of(kHypothesisRecord, hypothesis), [&](const Recorded& recorded) {
    given = recorded.event.header.kind == "hypothesis.evidence_given" &&
            recorded.event.body.text("item") == wanted;
    return !given;
  });
  return given;
}

}  // namespace nines::store
