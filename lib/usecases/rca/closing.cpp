// Gathers what the closing rules and the worth of another hour need from the record.
#include "usecases/rca/closing.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/recurrence.hpp"
#include "store/analyses.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using nines::rca::AnalysisState;

std::optional<Instant> first_of(const incident::Record& record,
                                std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto found = record.milestones.find(std::string(name));
    if (found != record.milestones.end() && found->second.precision != Precision::unknown)
      return found->second.at;
  }
  return std::nullopt;
}

/// Milestones say when the impact began and was over; else the steps that were stated of it; else
/// when it was noticed, and when people were done with it.
nines::rca::Coverage coverage_of(const incident::Record& record, Instant now) {
  using namespace incident::milestone;
  nines::rca::Coverage coverage;
  coverage.from = first_of(record, {kImpactStarted});
  coverage.to = first_of(record, {kRecovered});
  std::optional<Instant> begin, end;
  for (const auto& span : incident::impact_spans(record, now)) {
    if (!span.stated) continue;
    begin = begin ? std::min(*begin, span.period.from) : span.period.from;
    end = end ? std::max(*end, span.period.to) : span.period.to;
  }
  if (!coverage.from) coverage.from = begin;
  if (!coverage.from) coverage.from = first_of(record, {kDetected, kDeclared});
  const bool over = record.head.status >= incident::Status::mitigated;
  if (!coverage.to && over) coverage.to = end;
  if (!coverage.to) coverage.to = first_of(record, {kResolved, kMitigated, kClosed});
  for (const auto& entry : record.entries)
    if (entry.when.precision != Precision::unknown) coverage.told.push_back(entry.when.at);
  return coverage;
}

void count_like(const Session& session, const incident::Incident& mine,
                nines::rca::HourInputs& inputs) {
  const auto seen = incident::recurrence_of(mine, store::incidents(session.store()), session.now());
  inputs.like = seen.like;
  inputs.years = seen.years;
}

/// The next one is taken to cost what this one did, where both ends of that are known.
void take_own_cost(const Session& session, StopView& stop) {
  const auto money = incident_impact(session, {.incident = stop.view.incident.name}).money;
  if (!money.low || !money.high) return;
  stop.inputs.incident_cost = stats::Interval{money.low->to_double(), money.high->to_double()};
  stop.cost_from = stop.view.incident.name + " cost " + money.text();
}

void end_case(Session& session, StopView& stop, AnalysisState state, std::string conclusion,
              bool dry_run) {
  auto& analysis = stop.view.file.analysis;
  analysis.state = state;
  analysis.conclusion = std::move(conclusion);
  analysis.ended_at = session.now();
  auto event = store::analysis_ended(analysis, session.now());
  analysis.proof = sign_event(session, event);
  if (!dry_run) append_all(session, stop.view.incident.uid, {event});
}

}  // namespace

StopView weigh_stop(const Session& session, const StopRequest& request) {
  StopView stop;
  stop.view = choose_case(session, request.analysis);
  const auto record = store::incident_record(session.store(), stop.view.incident.uid);
  stop.rules = nines::rca::closing_rules(stop.view.file, stop.view.beliefs,
                                         coverage_of(record, session.now()));
  stop.inputs = nines::rca::hour_inputs(stop.view.file, stop.view.beliefs);
  count_like(session, stop.view.incident, stop.inputs);
  if (request.incident_cost) {
    const double cost = request.incident_cost->to_double();
    stop.inputs.incident_cost = stats::Interval{cost, cost};
  } else {
    take_own_cost(session, stop);
  }
  if (request.hour_cost) stop.inputs.hour_cost = request.hour_cost->to_double();
  stop.hour = nines::rca::judge_hour(stop.inputs);
  return stop;
}

StopView conclude_analysis(Session& session, const std::optional<std::string>& analysis,
                           const std::string& conclusion, bool dry_run) {
  auto stop = weigh_stop(session, {.analysis = analysis});
  require_open(stop.view);
  if (conclusion.empty())
    throw Error(ExitCode::usage, "the conclusion is missing",
                "nines rca conclude \"the pool had no limit per tenant\"", "MISSING_ARGUMENT");
  if (stop.may_close()) end_case(session, stop, AnalysisState::concluded, conclusion, dry_run);
  return stop;
}

StopView stop_analysis(Session& session, const StopDecision& decision, bool dry_run) {
  if (decision.risk.empty() || decision.owner.empty())
    throw Error(ExitCode::usage, "a stop says which risk stays, and who carries it",
                "add --risk TEXT --owner NAME --review 30d", "MISSING_ARGUMENT");
  if (decision.review <= std::chrono::floor<std::chrono::days>(session.now()))
    throw Error(ExitCode::usage, "the review is not ahead", "name a later day: --review 30d",
                "BAD_VALUE");
  auto stop = weigh_stop(session, decision.about);
  require_open(stop.view);
  auto& analysis = stop.view.file.analysis;
  analysis.owner = decision.owner;
  analysis.review = decision.review;
  end_case(session, stop, AnalysisState::stopped, decision.risk, dry_run);
  return stop;
}

CaseView reopen_analysis(Session& session, const std::optional<std::string>& word, bool dry_run) {
  auto view = choose_case(session, word);
  auto& analysis = view.file.analysis;
  if (analysis.state == AnalysisState::open)
    throw Error(ExitCode::conflict, "'" + analysis.name + "' is open already",
                "nines rca show " + analysis.name, "WRONG_STATE");
  refuse_second_open(session, view.incident);
  if (!dry_run)
    append_all(session, view.incident.uid, {store::analysis_reopened(analysis.uid, session.now())});
  analysis.state = AnalysisState::open;
  analysis.conclusion.clear();
  analysis.owner.clear();
  analysis.review.reset();
  analysis.ended_at.reset();
  return view;
}

}  // namespace nines::usecases
