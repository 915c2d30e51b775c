// Reads projections, has objectives judged and losses counted, and puts it all side by side.
#include "usecases/report/gather.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "store/actions.hpp"
#include "store/analyses.hpp"
#include "store/change_requests.hpp"
#include "store/changes.hpp"
#include "store/drills.hpp"
#include "store/escalations.hpp"
#include "store/gate_overrides.hpp"
#include "store/hypotheses.hpp"
#include "store/incidents.hpp"
#include "store/postmortems.hpp"
#include "store/reports.hpp"
#include "store/series.hpp"
#include "store/store.hpp"
#include "usecases/incident/bad_events.hpp"
#include "usecases/log/history.hpp"
#include "usecases/log/records_elsewhere.hpp"
#include "usecases/paging/review.hpp"
#include "usecases/remediate/verify.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/slo/budget.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using governance::IncidentCase;
using governance::LoadOfPeriod;
using governance::Material;
using governance::SloOutcome;

/// Losses are counted of incidents that are at most this old, and effects of actions: what risks
/// are told from.
constexpr std::chrono::days kLossesBack{400};
constexpr int kPointsADay = 1;

/// The definitions with the period as their window, whatever their own is.
Catalogue with_window(Catalogue catalogue, Micros length) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(length).count();
  for (auto& slo : catalogue.slos) slo.window = {{minutes, slo::Unit::minute}, true, {}, {}};
  return catalogue;
}

std::vector<std::optional<std::string>> parts_asked(const slo::Slo& slo) {
  if (slo.composite() || slo.objectives.size() == 1) return {std::nullopt};
  std::vector<std::optional<std::string>> ids;
  for (const auto& objective : slo.objectives) ids.emplace_back(objective.id);
  return ids;
}

std::string owner_of(const Catalogue& catalogue, const std::string& service) {
  const auto found = catalogue.services.find(service);
  return found == catalogue.services.end() ? std::string() : found->second.owner;
}

std::optional<Instant> first_measured(const Catalogue& catalogue, const series::Reader& reader) {
  std::optional<Instant> first;
  for (const auto& slo : catalogue.slos)
    for (const auto& objective : slo.objectives) {
      const auto located = locate(catalogue, slo, objective);
      const auto extent = located.series ? reader.extent(*located.series) : std::nullopt;
      if (!extent) continue;
      const auto begin = from_epoch_minute(extent->begin);
      first = first ? std::min(*first, begin) : begin;
    }
  return first;
}

/// The most bad events by service: the spans of an incident that hurt each.
std::map<std::string, std::vector<incident::ImpactSpan>> spans_by_service(
    const incident::Record& record, Instant until) {
  std::map<std::string, std::vector<incident::ImpactSpan>> spans;
  for (const auto& service : record.head.services) spans[service];
  for (auto& span : incident::impact_spans(record, until))
    if (span.level != incident::ImpactLevel::none && span.period.from < until)
      spans[span.service].push_back(std::move(span));
  return spans;
}

/// Counts what incidents cost; what was going on beside them is read once for all.
class LossCounter {
 public:
  LossCounter(const Session& session, const Catalogue& catalogue, Instant from)
      : session_(session),
        catalogue_(catalogue),
        around_(recorded(session, {from, session.now()}, Micros{0})) {
    for (const auto& record : around_.incidents) hulls_.push_back(hull_of(record));
    for (std::size_t i = 0; i < hulls_.size(); ++i) by_begin_.push_back(i);
    std::ranges::stable_sort(by_begin_, {}, [&](std::size_t i) { return hulls_[i].from; });
    for (const auto i : by_begin_)
      latest_end_.push_back(
          std::max(hulls_[i].to, latest_end_.empty() ? hulls_[i].to : latest_end_.back()));
  }

  std::vector<governance::Loss> losses_of(const incident::Record& record) const {
    std::vector<governance::Loss> losses;
    std::optional<BadEventCounter> counter;
    for (const auto& [service, spans] : spans_by_service(record, session_.now())) {
      governance::Loss loss{service, std::nullopt, 0, "nothing says how long it was hurt"};
      if (!spans.empty()) {
        if (!counter) counter.emplace(session_, catalogue_, record, beside(record));
        const auto events = counter->of_service(service, spans);
        loss.why_not = events.why_not;
        if (!events.slo.empty() && events.total > 0) {
          loss.bad_minutes = events.bad_minutes.to_double();
          loss.bad_events = events.bad;
        }
      }
      losses.push_back(std::move(loss));
    }
    return losses;
  }

 private:
  slo::Period hull_of(const incident::Record& record) const {
    slo::Period hull{record.head.opened_at, record.head.opened_at};
    for (const auto& span : incident::impact_spans(record, session_.now())) {
      hull.from = std::min(hull.from, span.period.from);
      hull.to = std::max(hull.to, span.period.to);
    }
    return hull;
  }

  Surroundings beside(const incident::Record& record) const {
    const auto hull = hull_of(record);
    Surroundings some{around_.maintenance, {}, {}, around_.now};
    for (const auto i : touching(hull)) some.incidents.push_back(around_.incidents[i]);
    for (const auto& change : around_.changes)
      if (change.start <= hull.to && change.end.value_or(change.start) >= hull.from)
        some.changes.push_back(change);
    return some;
  }

  /// Those whose hulls touch it, in their order.
  std::vector<std::size_t> touching(const slo::Period& hull) const {
    std::vector<std::size_t> found;
    const auto after = std::ranges::upper_bound(by_begin_, hull.to, {},
                                                [&](std::size_t i) { return hulls_[i].from; });
    for (auto at = static_cast<std::size_t>(after - by_begin_.begin());
         at > 0 && latest_end_[at - 1] >= hull.from; --at)
      if (hulls_[by_begin_[at - 1]].to >= hull.from) found.push_back(by_begin_[at - 1]);
    std::ranges::sort(found);
    return found;
  }

  const Session& session_;
  const Catalogue& catalogue_;
  Surroundings around_;
  std::vector<slo::Period> hulls_;  ///< of around_.incidents
  std::vector<std::size_t> by_begin_;
  std::vector<Instant> latest_end_;  ///< of those that begin so early, in the order of by_begin_
};

/// The effect of each action that is done, as `remediate verify` tells it.
std::vector<governance::EffectOfAction> effects_of(const Session& session,
                                                   const std::vector<remediate::Action>& actions) {
  std::vector<governance::EffectOfAction> effects;
  for (const auto& action : actions) {
    if (action.state != remediate::ActionState::done || !action.closed_at ||
        *action.closed_at >= session.now() || *action.closed_at < session.now() - kLossesBack)
      continue;
    governance::EffectOfAction effect{
        action.name, action.text(remediate::field::kTitle), {}, {}, {}, {}, {}};
    try {
      const auto verified = verify_action(session, {.action = action.name});
      effect.before = verified.before.counted;
      effect.after = verified.after.counted;
      effect.ratio = verified.ratio;
      effect.verdict = verified.verdict;
    } catch (const Error& error) {
      // What cannot be verified is told with its reason, in its own row.
      effect.why_not = error.what();
    }
    effects.push_back(std::move(effect));
  }
  return effects;
}

std::string override_text(const remediate::GateOverride& one) {
  auto text = "override of " + one.policy;
  if (!one.rules.empty()) text += " (" + join(one.rules, ", ") + ")";
  if (!one.services.empty()) text += " for " + join(one.services, ", ");
  return text + " until " + format_utc(one.until).substr(0, 10);
}

std::vector<governance::DefinitionChange> definition_changes(const Session& session,
                                                             const slo::Period& period) {
  std::vector<governance::DefinitionChange> changes;
  const auto history = read_history(
      session, {.kinds = {"definition."}, .since = period.from, .until = period.to, .limit = 0});
  for (const auto& entry : history.entries) {
    if (entry.undone) continue;
    const auto name = entry.subject.substr(entry.subject.find('/') + 1);
    changes.push_back({name, entry.kind == "definition.retired" ? "retired" : "applied",
                       entry.because, entry.actor, entry.recorded_at});
  }
  std::reverse(changes.begin(), changes.end());
  return changes;
}

bool is_before(Instant at, const Session& session) { return at < session.now(); }

}  // namespace

governance::FirstRecords first_records(const Session& session, const Catalogue& catalogue) {
  const auto& store = session.store();
  governance::FirstRecords first;
  const auto earlier = [](std::optional<Instant>& of, Instant at) {
    of = of ? std::min(*of, at) : at;
  };
  first.any = store::first_recorded(store, "");
  first.alert = store::first_recorded(store, "alert.");
  first.definition = store::first_recorded(store, "definition.");
  first.measurement = first_measured(catalogue, *store::open_series(store));
  for (const auto& one : store::incidents(store))
    if (governance::is_incident(one)) earlier(first.incident, one.opened_at);
  for (const auto& action : store::actions(store)) earlier(first.action, action.at);
  for (const auto& drill : store::drills(store)) earlier(first.drill, drill.started_at);
  for (const auto& one : store::analyses(store)) earlier(first.analysis, one.started_at);
  for (const auto& change : store::changes(store)) earlier(first.change, change.start);
  for (const auto& one : store::postmortems(store)) earlier(first.postmortem, one.created_at);
  first.decision = store::first_recorded(store, "gate.");
  for (const auto& page : store::pages(store, {})) earlier(first.page, page.at);
  return first;
}

LoadOfPeriod load_in(const Session& session, const slo::Period& period) {
  const auto report = page_load_report(session, {.from = period.from, .to = period.to});
  LoadOfPeriod load;
  load.pages = report.sent;
  load.simulated = report.simulated;
  for (const auto& person : report.load.people) {
    load.night += person.night;
    load.repeats += person.repeats;
    load.people += person.pages > 0 ? 1 : 0;
    load.busiest = std::max(load.busiest, person.pages);
  }
  if (report.load.pages.people >= 2 && report.sent > 0) {
    load.gini = report.load.pages.figures.gini;
    load.unfair = report.load.pages.uneven;
  }
  return load;
}

std::vector<SloOutcome> judge_period(const Session& session, const Catalogue& catalogue,
                                     const slo::Period& period, bool with_curve) {
  const auto adapted = with_window(catalogue, period.length());
  const auto reader = store::open_series(session.store());
  const auto around = recorded(session, period, std::chrono::hours{1});
  std::vector<SloOutcome> outcomes;
  for (const auto& slo : adapted.slos)
    for (const auto& id : parts_asked(slo)) {
      BudgetQuery query{.name = slo.name, .objective = id, .at = period.to};
      const auto days = std::chrono::ceil<std::chrono::days>(period.length()).count();
      query.plot_points = with_curve ? static_cast<int>(days) * kPointsADay : 1;
      auto report = make_budget_report(adapted, *reader, around, query, period.to);
      SloOutcome outcome;
      outcome.now = std::move(report.assessment);
      outcome.owner = owner_of(catalogue, slo.service);
      if (with_curve) {
        outcome.times = std::move(report.plot_times);
        outcome.left = std::move(report.left);
      }
      outcomes.push_back(std::move(outcome));
    }
  return outcomes;
}

std::vector<rca::CaseFile> case_files(const Session& session) {
  std::vector<rca::CaseFile> files;
  for (auto& analysis : store::analyses(session.store())) {
    auto hypotheses = store::hypotheses_of(session.store(), analysis.uid);
    files.push_back({std::move(analysis), std::move(hypotheses)});
  }
  return files;
}

std::vector<IncidentCase> incident_cases(const Session& session, const Catalogue& catalogue,
                                         Instant losses_from, Instant to) {
  std::vector<IncidentCase> cases;
  const LossCounter counter(session, catalogue, losses_from);
  for (const auto& head : store::incidents(session.store(), {.to = to})) {
    if (!governance::is_incident(head)) continue;
    IncidentCase one{store::incident_record(session.store(), head.uid, store::Lines::none), {}};
    if (head.opened_at >= losses_from) one.losses = counter.losses_of(one.record);
    cases.push_back(std::move(one));
  }
  std::reverse(cases.begin(), cases.end());
  return cases;
}

Material gather_material(const Session& session, const governance::ReportPeriod& period,
                         const governance::ReportPeriod& before) {
  Material material;
  material.period = period;
  material.before = before;
  material.until = session.now();
  const auto catalogue = load_catalogue(session);
  material.warnings = catalogue.warnings;
  material.services = catalogue.services;
  material.vendors = catalogue.vendors;
  for (const auto& slo : catalogue.slos) material.services_with_slo.push_back(slo.service);
  const auto& store = session.store();
  if (const auto elsewhere = records_elsewhere(session))
    material.missing = {elsewhere->records, elsewhere->bound, elsewhere->place};
  material.incidents =
      incident_cases(session, catalogue, material.until - kLossesBack, material.until);
  for (const auto& head : store::incidents(store, {.to = material.until}))
    material.not_incidents += head.counts() && head.opened_at >= period.span.from &&
                                      !governance::is_incident(head) && head.into.empty()
                                  ? 1
                                  : 0;
  for (const auto& row : list_postmortems(session))
    if (is_before(row.view.postmortem.created_at, session))
      material.postmortems.push_back({row.view.incident.uid, row.view.state, row.view.due});
  material.actions = store::actions(store);
  std::erase_if(material.actions, [&](const auto& one) { return !is_before(one.at, session); });
  material.effects = effects_of(session, material.actions);
  material.changes = store::changes(store, {std::nullopt, before.span.from, material.until});
  material.analyses = case_files(session);
  std::erase_if(material.analyses,
                [&](const auto& one) { return !is_before(one.analysis.started_at, session); });
  material.drills = store::drills(store);
  material.definition_changes = definition_changes(session, {period.span.from, material.until});
  for (const auto& one : store::gate_overrides(store))
    if (one.at >= period.span.from && one.at < material.until)
      material.overrides.push_back(
          {one.name + " " + override_text(one), one.because, one.by, one.at});
  material.requests = store::change_requests(store);
  std::erase_if(material.requests, [&](const auto& one) { return !is_before(one.at, session); });
  for (const auto& one : material.requests)
    if (!one.lifted.empty() && one.started_at && *one.started_at >= period.span.from &&
        *one.started_at < material.until)
      material.overrides.push_back(
          {one.name + " started in a freeze", one.lifted, one.by.name, *one.started_at});
  const auto traits = traits_of(session, material.incidents, material.analyses);
  material.causes = governance::shared_causes(traits, material.actions);
  material.debt = governance::debt_of(traits, material.actions);
  material.first = first_records(session, catalogue);
  material.slos = judge_period(session, catalogue, {period.span.from, material.until}, true);
  const auto then = judge_period(session, catalogue, before.span, false);
  for (std::size_t i = 0; i < material.slos.size() && i < then.size(); ++i)
    if (then[i].now.sli) material.slos[i].before = then[i].now;
  material.load = load_in(session, {period.span.from, material.until});
  if (material.first.page && *material.first.page < before.span.to)
    material.load_before = load_in(session, before.span);
  return material;
}

}  // namespace nines::usecases
