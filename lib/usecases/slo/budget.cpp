// Collects what was going on, and has the ledger made.
#include "usecases/slo/budget.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/slo/causes.hpp"
#include "domain/slo/trend.hpp"
#include "store/changes.hpp"
#include "store/incidents.hpp"
#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

Error choose_objective(const slo::Slo& slo, ExitCode kind, std::string what) {
  std::vector<std::string> names;
  for (const auto& o : slo.objectives)
    names.push_back(o.display_name.empty() ? o.id : o.display_name);
  return Error(kind, std::move(what), "--objective takes one of: " + join(names, ", "));
}

const slo::Objective& require_objective(const slo::Slo& slo,
                                        const std::optional<std::string>& name) {
  if (slo.composite())
    throw Error(ExitCode::usage,
                fmt::format("'{}' is a composite and has no events of its own", slo.name),
                fmt::format("nines slo status {} shows its members", slo.name), "COMPOSITE");
  if (!name) {
    if (slo.objectives.size() == 1) return slo.objectives.front();
    throw choose_objective(slo, ExitCode::usage,
                           fmt::format("'{}' has {} objectives", slo.name, slo.objectives.size()));
  }
  for (const auto& objective : slo.objectives)
    if (objective.id == *name || objective.display_name == *name ||
        objective.target.percent_text() == *name)
      return objective;
  throw choose_objective(slo, ExitCode::not_found,
                         fmt::format("no objective '{}' in '{}'", *name, slo.name));
}

/// The instant that is asked about.
Instant instant_of(const BudgetQuery& query, const series::Reader& reader, const Located& part,
                   Instant now) {
  if (!query.at_last) return query.at.value_or(now);
  const auto extent = part.series ? reader.extent(*part.series) : std::nullopt;
  return extent ? Instant{std::chrono::minutes{extent->end}} : now;
}

slo::Assessment judge_part(const series::Reader& reader, const Located& part, Instant at) {
  slo::Slo alone = *part.slo;
  alone.objectives = {*part.objective};
  slo::AssessOptions options;
  options.at = at;
  if (!alone.window.rolling) options.place = slo::place_in(zone_of(alone));
  auto all = slo::assess(
      alone, reader, [&](const slo::Objective&) { return part.series; }, options);
  if (!part.problem.empty() && !all.front().sli) all.front().sli_reason = part.problem;
  return std::move(all.front());
}

/// The window's own edges in hours or days; the last bucket ends where counting ends.
std::vector<std::int64_t> edges_of(const slo::Assessment& a, LedgerStep step, const Zone& zone) {
  const auto from = epoch_minute(a.window->from), to = epoch_minute(*a.counted_to);
  return step == LedgerStep::hour ? slo::hour_edges(from, to) : slo::day_edges(from, to, zone);
}

void draw_down(BudgetReport& report, const slo::Measure& measure, int points) {
  const auto& a = report.assessment;
  const auto total = a.outlook.forecast && !a.rolling ? a.outlook.forecast->total
                                                      : static_cast<double>(a.counted.total);
  report.whole_budget = a.target.complement().to_double() * total;
  const auto grain = measure.in_slices() ? measure.slice.count() : 1;
  const auto edges =
      slo::even_edges(epoch_minute(a.window->from), epoch_minute(*a.counted_to), points, grain);
  for (const auto edge : edges) report.plot_times.push_back(Instant{std::chrono::minutes{edge}});
  report.left = slo::burn_down(measure, report.whole_budget, edges);
}

bool concerns(const catalog::Change& change, const slo::Slo& slo, const catalog::Service* service) {
  if (change.service == slo.service) return true;
  if (service == nullptr) return false;
  if (!service->vendor.empty() && change.service == service->vendor) return true;
  return std::any_of(service->dependencies.begin(), service->dependencies.end(),
                     [&](const catalog::Dependency& d) { return d.on == change.service; });
}

std::string maintenance_label(const catalog::Maintenance& m) {
  return m.summary.empty()
             ? "maintenance of " + (m.services.empty() ? "all services" : join(m.services, ", "))
             : m.summary;
}

slo::PlaceLocal place_of(const catalog::Maintenance& m) {
  const auto zone = m.every ? Zone::find(m.every->zone) : std::nullopt;
  return slo::place_in(zone.value_or(Zone::utc()));
}

}  // namespace

std::vector<slo::Attribution> causes_of(const Session& session, const Catalogue& catalogue,
                                        const slo::Slo& slo, const slo::Period& period,
                                        Micros change_tail) {
  std::vector<slo::Attribution> causes;
  for (const auto& m : store::maintenance(session.store())) {
    if (!m.touches(slo.service)) continue;
    for (const auto& when : slo::occurrences(m, place_of(m), period))
      causes.push_back({when, m.name, maintenance_label(m), slo::CauseClass::maintenance});
  }
  for (const auto& one : store::incidents(session.store(), {.from = period.from})) {
    const auto record = store::incident_record(session.store(), one.uid, store::Lines::none);
    for (auto& claim : incident::attributions(record, slo.service, session.now()))
      causes.push_back(std::move(claim));
  }
  const auto found = catalogue.services.find(slo.service);
  const auto* service = found == catalogue.services.end() ? nullptr : &found->second;
  for (const auto& change :
       store::changes(session.store(), {std::nullopt, period.from - change_tail, period.to}))
    if (concerns(change, slo, service)) causes.push_back(slo::attribute(change, change_tail));
  return causes;
}

BudgetReport make_budget_report(const Catalogue& catalogue, const series::Reader& reader,
                                std::vector<slo::Attribution> causes, const BudgetQuery& query,
                                Instant now) {
  const auto& slo = require_slo(catalogue, query.name);
  const auto part = locate(catalogue, slo, require_objective(slo, query.objective));
  BudgetReport report;
  report.change_tail = query.change_tail;
  report.source = part.source;
  report.warnings = catalogue.warnings;
  const auto zone = zone_of(slo);
  report.zone = zone.name();
  report.assessment = judge_part(reader, part, instant_of(query, reader, part, now));
  if (!part.series || !report.assessment.window) return report;
  const auto measure = slo::measure_of(slo, *part.objective, reader, *part.series);
  report.ledger =
      slo::make_ledger(measure, edges_of(report.assessment, query.step, zone), std::move(causes));
  draw_down(report, measure, query.plot_points);
  return report;
}

BudgetReport slo_budget(const Session& session, const BudgetQuery& query) {
  const auto catalogue = load_catalogue(session);
  const auto reader = store::open_series(session.store());
  const auto& slo = require_slo(catalogue, query.name);
  const auto part = locate(catalogue, slo, require_objective(slo, query.objective));
  const auto at = instant_of(query, *reader, part, session.now());
  // What may be claimed lies within the window; one length back is more than enough.
  const slo::Period around{at - slo.window.length.rolling() * 2, at};
  return make_budget_report(catalogue, *reader,
                            causes_of(session, catalogue, slo, around, query.change_tail), query,
                            session.now());
}

}  // namespace nines::usecases
