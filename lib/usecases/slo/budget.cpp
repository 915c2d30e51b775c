// Collects what was going on, and has the ledger made.
#include "usecases/slo/budget.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/slo/counting.hpp"
#include "domain/slo/trend.hpp"
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

const slo::Objective& require_objective(const slo::Slo& slo, const std::string& name) {
  for (const auto& objective : slo.objectives)
    if (objective.id == name || objective.display_name == name || objective.indicator_ref == name ||
        objective.target.percent_text() == name)
      return objective;
  throw choose_objective(slo, ExitCode::not_found,
                         fmt::format("no objective '{}' in '{}'", name, slo.name));
}

/// The SLO with just what is asked about: one objective, or a whole composite.
slo::Slo asked_about(const slo::Slo& slo, const std::optional<std::string>& name) {
  if (!name && (slo.composite() || slo.objectives.size() == 1)) return slo;
  if (!name)
    throw choose_objective(slo, ExitCode::usage,
                           fmt::format("'{}' has {} objectives", slo.name, slo.objectives.size()));
  auto alone = slo;
  alone.objectives = {require_objective(slo, *name)};
  auto& member = alone.objectives.front();
  if (!slo.composite()) return alone;
  alone.indicator = member.indicator;
  alone.indicator_ref = member.indicator_ref;
  return alone;
}

std::vector<Located> locate_all(const Catalogue& catalogue, const slo::Slo& slo) {
  std::vector<Located> parts;
  for (const auto& objective : slo.objectives) parts.push_back(locate(catalogue, slo, objective));
  return parts;
}

/// The window's own edges in hours or days; the last bucket ends where counting ends.
std::vector<std::int64_t> edges_of(const slo::Assessment& a, LedgerStep step, const Zone& zone) {
  const auto from = epoch_minute(a.window->from), to = epoch_minute(*a.counted_to);
  return step == LedgerStep::hour ? slo::hour_edges(from, to) : slo::day_edges(from, to, zone);
}

void draw_down(BudgetReport& report, const std::vector<slo::Share>& shares,
               const std::vector<double>& budgets, int points) {
  const auto& a = report.assessment;
  std::int64_t grain = 1;
  for (const auto& share : shares)
    if (share.measure.in_slices()) grain = std::max(grain, share.measure.slice.count());
  const auto edges =
      slo::even_edges(epoch_minute(a.window->from), epoch_minute(*a.counted_to), points, grain);
  for (const auto edge : edges) report.plot_times.push_back(Instant{std::chrono::minutes{edge}});
  report.left = slo::burn_down(shares, budgets, edges);
}

/// Causes of the services that a share is about: one member's, or all of them.
slo::CausesOf causes_for(const Catalogue& catalogue, const slo::Slo& slo,
                         const Surroundings& around, const slo::Period& period, Micros tail) {
  return [&, period, tail](const slo::Share& share) {
    std::set<std::string> services;
    for (std::size_t i = 0; i < slo.objectives.size(); ++i)
      if (!share.member || *share.member == i)
        services.insert(subject_of(catalogue, slo, slo.objectives[i]));
    std::vector<slo::Attribution> causes;
    for (const auto& service : services)
      for (auto& cause : causes_of(around, catalogue, service, period, tail))
        if (std::find(causes.begin(), causes.end(), cause) == causes.end())
          causes.push_back(std::move(cause));
    return causes;
  };
}

}  // namespace

BudgetReport make_budget_report(const Catalogue& catalogue, const series::Reader& reader,
                                const Surroundings& around, const BudgetQuery& query, Instant now) {
  const auto slo = asked_about(require_slo(catalogue, query.name), query.objective);
  const auto parts = locate_all(catalogue, slo);
  BudgetReport report;
  report.change_tail = query.change_tail;
  report.warnings = catalogue.warnings;
  const auto zone = zone_of(slo);
  report.zone = zone.name();
  const auto options = options_for(catalogue, slo, parts, reader, around.maintenance,
                                   {query.at, query.at_last, true}, now);
  auto all = slo::assess(slo, reader, series_in(slo, parts), options);
  report.assessment = std::move(all.front());
  auto& a = report.assessment;
  explain_absence(a, parts);
  if (!slo.composite()) {
    report.source = parts.front().source;
    report.source_type = parts.front().source_type;
  }
  const bool any = std::any_of(parts.begin(), parts.end(),
                               [](const Located& part) { return part.series.has_value(); });
  if (!any || !a.window || (slo.composite() && !slo::judgeable(slo))) return report;
  const auto measures = slo::measures_of(slo, reader, series_in(slo, parts), options.stops,
                                         *a.window, slo::excludes_maintenance(slo));
  const auto shares = slo::shares_of(slo, measures);
  const auto budgets =
      slo::whole_budgets(shares, *a.window, a.rolling, epoch_minute(*a.counted_to));
  if (shares.size() == 1) report.whole_budget = budgets.front();
  report.spending =
      slo::spending_of(slo, shares, budgets, edges_of(a, query.step, zone),
                       causes_for(catalogue, slo, around, *a.window, query.change_tail));
  draw_down(report, shares, budgets, query.plot_points);
  return report;
}

BudgetReport slo_budget(const Session& session, const BudgetQuery& query) {
  const auto catalogue = load_catalogue(session);
  const auto reader = store::open_series(session.store());
  const auto slo = asked_about(require_slo(catalogue, query.name), query.objective);
  const auto at = instant_asked(locate_all(catalogue, slo), *reader,
                                {query.at, query.at_last, true}, session.now());
  // What may be claimed lies within the window; one length back is more than enough.
  const slo::Period window{at - slo.window.length.rolling() * 2, at};
  return make_budget_report(catalogue, *reader, recorded(session, window, query.change_tail), query,
                            session.now());
}

}  // namespace nines::usecases
