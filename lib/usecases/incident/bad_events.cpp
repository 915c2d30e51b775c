// Runs the ledger over each stretch of an impact, and adds up.
#include "usecases/incident/bad_events.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "domain/slo/assess.hpp"
#include "domain/slo/ledger.hpp"
#include "store/series.hpp"
#include "store/store.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

slo::Period hull(const std::vector<incident::ImpactSpan>& spans) {
  slo::Period period = spans.front().period;
  for (const auto& span : spans) {
    period.from = std::min(period.from, span.period.from);
    period.to = std::max(period.to, span.period.to);
  }
  return period;
}

/// Stretches without overlaps: regions of one service may be hurt at the same time.
std::vector<slo::Period> merged(const std::vector<incident::ImpactSpan>& spans) {
  std::vector<slo::Period> periods;
  for (const auto& span : spans) periods.push_back(span.period);
  std::sort(periods.begin(), periods.end(),
            [](const slo::Period& a, const slo::Period& b) { return a.from < b.from; });
  std::vector<slo::Period> out;
  for (const auto& period : periods) {
    if (!out.empty() && period.from <= out.back().to)
      out.back().to = std::max(out.back().to, period.to);
    else
      out.push_back(period);
  }
  return out;
}

}  // namespace

BadEventCounter::BadEventCounter(const Session& session, const Catalogue& catalogue,
                                 const incident::Record& record)
    : catalogue_(catalogue),
      incident_(record.head.name),
      now_(session.now()),
      reader_(store::open_series(session.store())) {
  const auto spans = incident::impact_spans(record, now_);
  if (!spans.empty()) around_ = recorded(session, hull(spans), Micros{0});
}

BadEventCounter::BadEventCounter(const Session& session, const Catalogue& catalogue,
                                 const incident::Record& record, Surroundings around)
    : catalogue_(catalogue),
      incident_(record.head.name),
      now_(session.now()),
      reader_(store::open_series(session.store())),
      around_(std::move(around)) {}

BadEventCounter::~BadEventCounter() = default;

std::uint64_t BadEventCounter::attributed(const slo::Slo& slo, const slo::Objective& objective,
                                          const series::SeriesId& series,
                                          const slo::Period& period) const {
  auto events = slo;
  events.method = slo::BudgetingMethod::occurrences;
  const auto measure = slo::measure_of(events, objective, *reader_, series);
  const std::array edges{epoch_minute(period.from), epoch_minute(period.to)};
  if (edges[0] >= edges[1]) return 0;
  const auto service = subject_of(catalogue_, slo, objective);
  const auto ledger =
      slo::make_ledger(measure, edges, causes_of(around_, catalogue_, service, period, Micros{0}));
  for (const auto& account : ledger.accounts)
    if (account.subject == incident_) return account.bad;
  return 0;
}

BadEvents BadEventCounter::of_slo(const slo::Slo& slo,
                                  const std::vector<incident::ImpactSpan>& spans) const {
  BadEvents events;
  const slo::Objective* objective = nullptr;
  std::optional<series::SeriesId> series;
  for (const auto& one : slo.objectives) {
    const auto located = locate(catalogue_, slo, one);
    if (!located.series || slo.composite()) {
      events.why_not = slo.composite() ? "SLO " + slo.name + " is a composite" : located.problem;
      continue;
    }
    objective = &one;
    series = located.series;
    break;
  }
  if (objective == nullptr || spans.empty()) return events;
  const auto extent = reader_->extent(*series);
  if (!extent) {
    events.why_not = "nothing is measured for SLO " + slo.name;
    return events;
  }
  events.slo = slo.name;
  events.data_to = Instant{std::chrono::minutes{extent->end}};
  events.complete = *events.data_to >= std::chrono::floor<std::chrono::minutes>(hull(spans).to);
  double minutes = 0;
  for (const auto& period : merged(spans)) {
    events.bad += attributed(slo, *objective, *series, period);
    for (const auto& minute :
         reader_->minutes(*series, epoch_minute(period.from), epoch_minute(period.to))) {
      events.total += minute.total;
      events.seen += minute.total - minute.good;
      if (minute.total > 0)
        minutes +=
            static_cast<double>(minute.total - minute.good) / static_cast<double>(minute.total);
    }
  }
  events.bad_minutes = Decimal::parse(fmt::format("{:.2f}", minutes)).value_or(Decimal(0, 0));
  return events;
}

BadEvents BadEventCounter::of_service(const std::string& service,
                                      const std::vector<incident::ImpactSpan>& spans) const {
  BadEvents most;
  most.why_not = "no SLO of service " + service;
  for (const auto& slo : catalogue_.slos) {
    if (slo.service != service) continue;
    auto events = of_slo(slo, spans);
    if (events.slo.empty() ? most.slo.empty() : (most.slo.empty() || events.seen > most.seen))
      most = std::move(events);
  }
  return most;
}

}  // namespace nines::usecases
