// Puts window, count, verdict, budget and outlook of one objective together.
#include "domain/slo/assess.hpp"

#include <algorithm>

#include "domain/slo/composite.hpp"

namespace nines::slo {
namespace {

Instant instant_of(std::int64_t minute) { return Instant{std::chrono::minutes{minute}}; }

std::string describe(const TimeWindow& window) {
  const auto length = window.length.to_string();
  return window.rolling ? length + " rolling" : length + " calendar, " + window.zone;
}

Freshness freshness_of(const std::optional<series::Extent>& extent, Instant at, Micros limit) {
  Freshness fresh;
  fresh.limit = limit;
  fresh.stale = true;
  if (!extent) return fresh;
  fresh.data_from = instant_of(extent->begin);
  fresh.data_to = instant_of(extent->end);
  fresh.age = std::max(Micros{0}, at - *fresh.data_to);
  fresh.stale = *fresh.age > limit;
  return fresh;
}

/// End of what can be counted of `period` at `at`: whole minutes, or whole slices from its start.
std::int64_t count_until(const Period& period, Instant at, std::chrono::minutes grain) {
  const auto from = epoch_minute(period.from), to = epoch_minute(period.to);
  const auto now = epoch_minute(at);
  if (now >= to) return to;
  const auto step = std::max<std::int64_t>(1, grain.count());
  return from + (now - from) / step * step;
}

Assessment blank(const Slo& slo, const Objective& objective, const AssessOptions& options) {
  Assessment a;
  a.slo = slo.name;
  a.service = slo.service;
  a.objective = objective.id;
  a.title = objective.display_name;
  a.target = objective.target;
  a.method = slo.method;
  a.window_text = describe(slo.window);
  a.rolling = slo.window.rolling;
  a.at = options.at;
  return a;
}

void explain_missing(Assessment& a, const std::optional<series::SeriesId>& id) {
  if (!id)
    a.sli_reason = "no measurements are stored for this indicator";
  else if (!a.freshness.data_to)
    a.sli_reason = "its series holds no measurements";
  else if (*a.freshness.data_to <= a.window->from)
    a.sli_reason = "the data ends before this window";
  else
    a.sli_reason = "no events in this window";
}

Assessment assess_objective(const Slo& slo, const Objective& objective,
                            const series::Reader& reader, const std::optional<series::SeriesId>& id,
                            const AssessOptions& options) {
  auto a = blank(slo, objective, options);
  auto measure = measure_of(slo, objective, reader, id.value_or(series::SeriesId{}));
  const auto grain = measure.in_slices() ? measure.slice : std::chrono::minutes{1};
  a.window = window_at(slo.window, options.place, options.at, grain);
  a.freshness = freshness_of(id ? reader.extent(*id) : std::nullopt, options.at, age_limit(slo));
  if (!a.window) {
    a.verdict = Verdict::not_started;
    a.sli_reason = "the first window starts at " + slo.window.anchor + " " + slo.window.zone;
    return a;
  }
  const auto until = count_until(*a.window, options.at, grain);
  a.counted_to = instant_of(until);
  if (id) a.counted = tally(measure, epoch_minute(a.window->from), until);
  a.sli = a.counted.sli();
  if (!a.sli) explain_missing(a, id);
  a.verdict = judge(a.counted, a.target);
  a.settled = a.counted.settled(a.target);
  a.inference = infer(a.counted, a.target, options.interval);
  a.budget = budget_of(a.counted, a.target, a.window->length());
  if (!id) return a;
  a.burns = burn_rates(measure, a.target, until, a.window->length());
  a.outlook = look_ahead(measure, a.target, *a.window, a.rolling, until, a.counted);
  return a;
}

}  // namespace

Micros age_limit(const Slo& slo) {
  if (const auto given = parse_duration(slo.extra("max-age"))) return *given;
  const Micros length = slo.window.length.rolling();
  return std::max<Micros>(length / 100, std::chrono::hours{1});
}

Measure measure_of(const Slo& slo, const Objective& objective, const series::Reader& reader,
                   const series::SeriesId& id) {
  using std::chrono::minutes;
  const auto slice = objective.slice_window
                         ? std::chrono::floor<minutes>(objective.slice_window->rolling())
                         : minutes{1};
  Measure measure{
      reader, id, slo.method, slo.missing, std::max(slice, minutes{1}), objective.slice_target};
  if (slo.missing == MissingData::exclude) return measure;
  const auto extent = reader.extent(id);
  measure.measured_from = extent ? extent->begin : std::numeric_limits<std::int64_t>::max();
  return measure;
}

std::vector<Assessment> assess(const Slo& slo, const series::Reader& reader, const SeriesOf& series,
                               const AssessOptions& options) {
  std::vector<Assessment> all;
  for (const auto& objective : slo.objectives)
    all.push_back(assess_objective(slo, objective, reader, series(objective), options));
  if (!slo.composite()) return all;
  return {combine(slo, std::move(all), reader, series)};
}

}  // namespace nines::slo
