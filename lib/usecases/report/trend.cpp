// Gathers one period after another.
#include "usecases/report/trend.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/actions.hpp"
#include "store/changes.hpp"
#include "store/reports.hpp"
#include "store/store.hpp"
#include "usecases/report/gather.hpp"

namespace nines::usecases {
namespace {

using governance::TrendMaterial;

TrendMaterial trend_material(const Session& session,
                             std::vector<governance::ReportPeriod> periods) {
  TrendMaterial material;
  material.periods = std::move(periods);
  material.until = session.now();
  const auto catalogue = load_catalogue(session);
  material.incidents = incident_cases(session, catalogue, session.now(), session.now());
  material.actions = store::actions(session.store());
  material.changes = store::changes(session.store());
  material.first = first_records(session, catalogue);
  for (const auto& period : material.periods) {
    const slo::Period told{period.span.from, std::min(period.span.to, material.until)};
    material.slos.push_back(judge_period(session, catalogue, told, false));
    const bool known = material.first.page && *material.first.page < told.to;
    material.loads.push_back(known ? std::optional(load_in(session, told)) : std::nullopt);
  }
  return material;
}

}  // namespace

governance::Report make_trend(const Session& session, const TrendRequest& request) {
  if (request.count < 2 || request.count > 24)
    throw Error(ExitCode::usage, "a trend takes 2 to 24 periods", "--periods 6", "BAD_VALUE");
  governance::Report report;
  report.period = period_asked(session, request.last, request.step);
  auto periods = governance::periods_up_to(report.period, request.count, request.last.zone);
  report.before = periods.front();
  report.known_until = told_until(session, report.period);
  report.record = store::heads_text(session.store());
  const auto then = session_at(session, report.known_until);
  report.parts = governance::trend_parts(trend_material(then, std::move(periods)));
  return report;
}

}  // namespace nines::usecases
