// Puts window, count, verdict, budget and outlook of one objective together.
#include "domain/slo/assess.hpp"

#include <algorithm>

#include "domain/slo/clustering.hpp"
#include "domain/slo/composite.hpp"

namespace nines::slo {
namespace {

std::string describe(const TimeWindow& window) {
  const auto length = window.length.to_string();
  return window.rolling ? length + " rolling" : length + " calendar, " + window.zone;
}

Freshness freshness_of(const std::optional<series::Extent>& extent, Instant at, Micros limit) {
  Freshness fresh;
  fresh.limit = limit;
  fresh.stale = true;
  if (!extent) return fresh;
  fresh.data_from = from_epoch_minute(extent->begin);
  fresh.data_to = from_epoch_minute(extent->end);
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

std::chrono::minutes slice_of(const Objective& objective) {
  using std::chrono::minutes;
  if (!objective.slice_window) return minutes{1};
  return std::max(std::chrono::floor<minutes>(objective.slice_window->rolling()), minutes{1});
}

std::chrono::minutes grain_of(const Slo& slo, const Objective& objective) {
  const bool events = slo.method == BudgetingMethod::occurrences;
  return events ? std::chrono::minutes{1} : slice_of(objective);
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

/// A window that excludes some of its time has a budget for the rest only.
Micros judged_length(const Assessment& a, const Measure& m) {
  const auto& excluded = m.joined.empty() ? m : m.joined.front();
  const auto out =
      excluded_minutes(excluded, epoch_minute(a.window->from), epoch_minute(a.window->to));
  return a.window->length() - std::chrono::minutes{out};
}

/// How one way of counting is done.
struct Way {
  const series::Reader& reader;
  const SeriesOf& series;
  const AssessOptions& options;
  bool exclude = false;
};

Assessment assess_objective(const Slo& slo, const Objective& objective, const Way& way) {
  const auto& options = way.options;
  auto a = blank(slo, objective, options);
  const auto id = way.series(objective);
  const auto grain = grain_of(slo, objective);
  a.window = window_at(slo.window, options.place, options.at, grain);
  a.freshness =
      freshness_of(id ? way.reader.extent(*id) : std::nullopt, options.at, age_limit(slo));
  if (!a.window) {
    a.verdict = Verdict::not_started;
    a.sli_reason = "the first window starts at " + slo.window.anchor + " " + slo.window.zone;
    return a;
  }
  const auto measure =
      measures_of(slo, way.reader, way.series, options.stops, *a.window, way.exclude)(objective);
  const auto from = epoch_minute(a.window->from), until = count_until(*a.window, options.at, grain);
  a.counted_to = from_epoch_minute(until);
  if (id) a.counted = tally(measure, from, until);
  a.sli = a.counted.sli();
  if (!a.sli) explain_missing(a, id);
  a.verdict = judge(a.counted, a.target);
  a.settled = a.counted.settled(a.target);
  const auto length = judged_length(a, measure);
  a.budget = budget_of(a.counted, a.target, length);
  const auto blocks = a.counted.empty() ? Blocks{} : blocks_of(measure, from, until);
  a.inference = infer(a.counted, a.target, options.interval, clustering_of(blocks));
  if (!id) return a;
  a.burns = burn_rates(measure, a.target, until, length);
  a.outlook = look_ahead(measure, a.target, *a.window, a.rolling, until, a.counted);
  return a;
}

std::vector<Assessment> assess_one_way(const Slo& slo, const Way& way) {
  std::vector<Assessment> all;
  for (const auto& objective : slo.objectives) all.push_back(assess_objective(slo, objective, way));
  if (!slo.composite() || all.empty()) return all;
  const auto& window = all.front().window;
  const auto measures = measures_of(slo, way.reader, way.series, way.options.stops,
                                    window.value_or(Period{}), way.exclude);
  return {combine(slo, std::move(all), measures)};
}

Figures figures_of(const Assessment& a) {
  return {a.sli, a.verdict, a.budget.share, a.budget.bad, a.counted.total};
}

void add_names(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// What is planned within the counted part of the window; empty when nothing is.
std::optional<Maintained> maintenance_in(const Slo& slo, const Assessment& a,
                                         const StopsOf& stops) {
  if (!stops || !a.window || !a.counted_to) return std::nullopt;
  Maintained found;
  std::vector<PlannedStop> all;
  const auto to = *a.counted_to;
  for (const auto& objective : slo.objectives) {
    if (!slo.composite() && objective.id != a.objective) continue;
    for (auto& stop : stops(objective, {a.window->from, to})) {
      add_names(stop.in_time ? found.names : found.late, stop.name);
      all.push_back(std::move(stop));
    }
  }
  if (all.empty()) return std::nullopt;
  for (const auto& span : excludable(all))
    found.minutes += std::max<std::int64_t>(
        0, std::min(span.to, epoch_minute(to)) - std::max(span.from, epoch_minute(a.window->from)));
  return found;
}

}  // namespace

Micros age_limit(const Slo& slo) {
  if (const auto given = parse_duration(slo.extra("max-age"))) return *given;
  const Micros length = slo.window.length.rolling();
  return std::max<Micros>(length / 100, std::chrono::hours{1});
}

Measure measure_of(const Slo& slo, const Objective& objective, const series::Reader& reader,
                   const series::SeriesId& id) {
  Measure measure{reader, id, slo.method, slo.missing, slice_of(objective), objective.slice_target};
  if (slo.missing == MissingData::exclude) return measure;
  const auto extent = reader.extent(id);
  measure.measured_from = extent ? extent->begin : std::numeric_limits<std::int64_t>::max();
  return measure;
}

MeasureOf measures_of(const Slo& slo, const series::Reader& reader, const SeriesOf& series,
                      const StopsOf& stops, const Period& window, bool exclude) {
  // Burn rates look back further than a short window, so what is planned there matters too.
  const Period around{std::min(window.from, window.to - kBurnWindows.back()), window.to};
  return [&slo, &reader, series, stops, around, exclude](const Objective& objective) {
    auto measure =
        measure_of(slo, objective, reader, series(objective).value_or(series::SeriesId{}));
    if (exclude && stops) measure.excluded = excludable(stops(objective, around));
    return measure;
  };
}

std::vector<Assessment> assess(const Slo& slo, const series::Reader& reader, const SeriesOf& series,
                               const AssessOptions& options) {
  const bool exclude = excludes_maintenance(slo);
  auto all = assess_one_way(slo, {reader, series, options, exclude});
  std::vector<Assessment> other;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& a = all[i];
    a.maintenance = maintenance_in(slo, a, options.stops);
    if (!a.maintenance || a.maintenance->minutes == 0) continue;
    if (other.empty()) other = assess_one_way(slo, {reader, series, options, !exclude});
    a.maintenance->excluded = exclude;
    a.maintenance->counting = figures_of(exclude ? other[i] : a);
    a.maintenance->without = figures_of(exclude ? a : other[i]);
  }
  return all;
}

}  // namespace nines::slo
