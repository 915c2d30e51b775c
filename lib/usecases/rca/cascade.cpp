// Cuts tables at the onset, finds who moved when, and walks the calls; tries lags between services.
#include "usecases/rca/cascade.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/rca/deps/lagged.hpp"
#include "domain/rca/rank/calibration.hpp"
#include "domain/rca/rank/first_move.hpp"
#include "domain/rca/rank/symptom.hpp"
#include "usecases/rca/metric_source.hpp"
#include "usecases/rca/scope.hpp"
#include "usecases/rca/service_series.hpp"

namespace nines::usecases {
namespace {

using nines::rca::MetricColumn;
using nines::rca::MetricTable;
using nines::rca::ServiceOnset;
using nines::rca::TimeStretch;

/// Movements before the onset count from here on; the baseline ends where they begin.
constexpr std::chrono::minutes kLookAhead{60};
constexpr std::size_t kMostLagServices = 100;
constexpr std::chrono::days kLongestLagWindow{2};

/// A table with the times of its rows; a row tells of the stretch that is `width` long from it.
struct TimedTable {
  MetricTable table;
  std::vector<Instant> times;
  Micros width{0};
};

TimedTable rows_between(const TimedTable& all, Instant from, Instant to) {
  const auto begin = std::lower_bound(all.times.begin(), all.times.end(), from);
  const auto end = std::lower_bound(begin, all.times.end(), to);
  const auto first = begin - all.times.begin(), last = end - all.times.begin();
  const auto cut = [&](const auto& values) {
    return std::decay_t<decltype(values)>(values.begin() + first, values.begin() + last);
  };
  TimedTable part;
  part.width = all.width;
  part.times = cut(all.times);
  part.table.times = cut(all.table.times);
  for (const auto& column : all.table.columns)
    part.table.columns.push_back({column.name, cut(column.values), column.step});
  return part;
}

TimedTable timed_file(const std::string& file, const std::filesystem::path& cwd) {
  TimedTable all;
  all.table = read_timed_table(file, cwd, all.times);
  return all;
}

TimedTable timed_store(const MetricSource& source, const TimeStretch& stretch) {
  TimedTable all;
  all.table = source.table(source.services(), stretch);
  all.width = std::chrono::minutes{1};
  for (auto at = stretch.from; at < stretch.to; at += std::chrono::minutes{1})
    all.times.push_back(at);
  return all;
}

bool is_measured(const MetricTable& table, const std::string& service) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const MetricColumn& column) {
    return column.name.service == service &&
           std::any_of(column.values.begin(), column.values.end(),
                       [](double value) { return !std::isnan(value); });
  });
}

std::vector<ServiceOnset> onsets_in(const TimedTable& before, const TimedTable& now) {
  std::vector<ServiceOnset> onsets;
  for (const auto& move : nines::rca::first_moves(before.table, now.table)) {
    auto metric = move.name.metric;
    if (!move.name.statistic.empty()) metric += " " + move.name.statistic;
    onsets.push_back({move.name.service, now.times[move.still.value_or(move.row)],
                      now.times[move.row] + now.width, std::move(metric), move.spreads});
  }
  return onsets;
}

/// What people saw of services that show nothing themselves.
void add_impact(const Scope& scope, std::vector<ServiceOnset>& onsets) {
  for (const auto& service : scope.hurt) {
    const auto known = std::any_of(onsets.begin(), onsets.end(),
                                   [&](const auto& onset) { return onset.service == service; });
    if (known) continue;
    onsets.push_back({service, scope.onset - scope.uncertainty, scope.onset + scope.uncertainty,
                      "impact on record", 0});
  }
}

/// Where the baseline ends: an hour before the onset, or shortly before it in a table that begins
/// too late for that.
Instant baseline_end(const TimedTable& all, const Scope& scope, Instant wanted) {
  const auto early = rows_between(all, Instant::min(), wanted);
  if (early.times.size() >= nines::rca::kWindows) return wanted;
  return scope.onset - scope.uncertainty - nines::rca::kGuard;
}

}  // namespace

CascadeResult trace_incident(const Session& session, const CascadeRequest& request,
                             const std::filesystem::path& cwd) {
  const auto scope = scope_of(session, {.incident = request.incident});
  if (scope.hurt.empty())
    throw Error(ExitCode::usage, *scope.incident + " names no service",
                "nines incident set --service NAME says where it is seen", "MISSING_ARGUMENT");
  CascadeResult result;
  result.incident = *scope.incident;
  result.onset = scope.onset;
  result.onset_source = scope.onset_source;
  const auto windows = nines::rca::choose_windows({scope.onset, scope.uncertainty, false,
                                                   scope.ended, session.now(), std::nullopt});
  result.normal = windows.normal;
  result.looked = {windows.normal.to, windows.incident.to};
  TimedTable all;
  if (request.metrics) {
    result.source = *request.metrics;
    all = timed_file(*request.metrics, cwd);
    result.looked.from = baseline_end(all, scope, windows.normal.to);
    result.normal = {all.times.empty() ? result.looked.from
                                       : std::min(all.times.front(), result.looked.from),
                     result.looked.from};
  } else {
    const auto catalogue = load_catalogue(session);
    const auto source = stored_metrics(session, catalogue);
    result.source = source->name();
    all = timed_store(*source, {windows.normal.from, windows.incident.to});
  }
  const auto before = rows_between(all, result.normal.from, result.normal.to);
  const auto now = rows_between(all, result.looked.from, result.looked.to);
  nines::rca::CascadeQuestion question;
  std::set<std::string> services;
  for (const auto& column : all.table.columns) services.insert(column.name.service);
  for (const auto& service : services)
    if (is_measured(before.table, service) && is_measured(now.table, service))
      question.measured.insert(service);
  if (question.measured.empty())
    throw Error(ExitCode::undecided,
                fmt::format("nothing was measured both before ({} to {}) and in {} (until {})",
                            format_utc(result.normal.from), format_utc(result.normal.to),
                            result.incident, format_utc(result.looked.to)),
                "nines slo import FILE brings measurements; --metrics FILE takes a table",
                "NO_SERIES");
  question.onsets = onsets_in(before, now);
  add_impact(scope, question.onsets);
  question.calls = request.calls;
  question.hurt = scope.hurt;
  question.apart = request.apart;
  result.path = nines::rca::trace_path(question);
  for (const auto& service : scope.hurt)
    if (!question.measured.contains(service)) result.unmeasured.push_back(service);
  if (!scope.onset_known)
    result.warnings.push_back("the start of the impact is not on record: " + scope.onset_source);
  if (request.calls.empty())
    result.warnings.push_back(
        "no dependency is declared or seen: nobody says which service needs which");
  return result;
}

namespace {

/// Rows in which the column is another than in the row before.
std::size_t changes_in(const MetricColumn& column) {
  std::size_t changes = 0;
  for (std::size_t row = 1; row < column.values.size(); ++row)
    changes += column.values[row] != column.values[row - 1] &&
                       !std::isnan(column.values[row]) && !std::isnan(column.values[row - 1])
                   ? 1
                   : 0;
  return changes;
}

/// Per service, by name, the column to follow; a falling one that harms counts upside down.
std::map<std::string, MetricColumn> followed_columns(const MetricTable& table) {
  struct Best {
    const MetricColumn* column = nullptr;
    std::pair<bool, std::size_t> worth;
  };
  std::map<std::string, Best> best;
  for (const auto& column : table.columns) {
    const std::pair worth(nines::rca::harmful_direction(column.name.metric).has_value(),
                          changes_in(column));
    auto& one = best[column.name.service];
    if (worth.second > 0 && (one.column == nullptr || worth > one.worth)) one = {&column, worth};
  }
  std::map<std::string, MetricColumn> followed;
  for (const auto& [service, one] : best) {
    if (one.column == nullptr) continue;
    auto column = *one.column;
    if (nines::rca::harmful_direction(column.name.metric).value_or(1) < 0)
      for (double& value : column.values) value = -value;
    followed.emplace(service, std::move(column));
  }
  return followed;
}

/// From the first row to the last in which at least half of the services were measured, and of the
/// services those that were measured in at least half of these rows: what was not measured cannot be
/// turned against what was.
TimedTable well_measured(const TimedTable& all, std::map<std::string, MetricColumn>& followed) {
  const auto measured = [&](std::size_t row) {
    return static_cast<std::size_t>(
        std::count_if(followed.begin(), followed.end(),
                      [&](const auto& one) { return !std::isnan(one.second.values[row]); }));
  };
  std::size_t first = 0, last = all.times.size();
  while (first < last && 2 * measured(first) < followed.size()) ++first;
  while (last > first && 2 * measured(last - 1) < followed.size()) --last;
  TimedTable part;
  part.width = all.width;
  const auto cut = [&](const auto& values) {
    return std::decay_t<decltype(values)>(values.begin() + static_cast<std::ptrdiff_t>(first),
                                          values.begin() + static_cast<std::ptrdiff_t>(last));
  };
  part.times = cut(all.times);
  for (auto& [service, column] : followed) column.values = cut(column.values);
  std::erase_if(followed, [](const auto& one) {
    const auto missing = std::count_if(one.second.values.begin(), one.second.values.end(),
                                       [](double value) { return std::isnan(value); });
    return 2 * static_cast<std::size_t>(missing) > one.second.values.size();
  });
  return part;
}

/// The usual distance of rows; tables that leave rows out have lags that are no times.
Micros usual_distance(const std::vector<Instant>& times) {
  std::vector<Micros> distances;
  for (std::size_t i = 1; i < times.size(); ++i) distances.push_back(times[i] - times[i - 1]);
  if (distances.empty()) return Micros{0};
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

}  // namespace

LagResult find_lagged_movement(const Session* session, const LagRequest& request,
                               const std::filesystem::path& cwd) {
  LagResult result;
  TimedTable all;
  if (request.metrics) {
    result.source = *request.metrics;
    all = timed_file(*request.metrics, cwd);
  } else if (session != nullptr) {
    const auto catalogue = load_catalogue(*session);
    const auto source = stored_metrics(*session, catalogue);
    result.source = source->name();
    if (const auto until = source->known_until(source->services()))
      all = timed_store(
          *source, {*until - std::min<Micros>(request.window, kLongestLagWindow), *until});
  }
  auto followed = followed_columns(all.table);
  all = well_measured(all, followed);
  while (followed.size() > kMostLagServices) followed.erase(std::prev(followed.end()));
  if (followed.size() < 2 || all.times.size() <= nines::rca::kLeastLagRows)
    throw Error(ExitCode::undecided,
                fmt::format("{} of {} that move: too little to find lags in",
                            count_of(all.times.size(), "row"),
                            count_of(followed.size(), "service")),
                fmt::format("at least two services and {} rows; --metrics FILE takes a table",
                            nines::rca::kLeastLagRows + 1),
                "NO_SERIES");
  if (followed.size() == kMostLagServices)
    result.warnings.push_back(
        fmt::format("the first {} services by name were compared", kMostLagServices));
  std::vector<std::vector<double>> series;
  std::vector<const MetricColumn*> columns;
  for (const auto& [service, column] : followed) {
    series.push_back(column.values);
    columns.push_back(&column);
  }
  result.series = series.size();
  result.rows = all.times.size();
  result.pairs = series.size() * (series.size() - 1);
  const auto distance = usual_distance(all.times);
  for (const auto& pair : nines::rca::find_lagged(series)) {
    const auto& leader = columns[pair.leader]->name;
    const auto& follower = columns[pair.follower]->name;
    result.found.push_back({leader.service, leader.metric, follower.service, follower.metric,
                            distance * static_cast<std::int64_t>(pair.lag), pair.correlation,
                            pair.p, pair.q,
                            request.calls.contains({follower.service, leader.service})});
  }
  return result;
}

}  // namespace nines::usecases
