// Collects moments from the record, the changes, the series and a log, and lets the domain place them.
#include "usecases/rca/timeline.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/rca/changepoints/change_points.hpp"
#include "store/changes.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/rca/log_compare.hpp"
#include "usecases/rca/onset.hpp"
#include "usecases/rca/service_series.hpp"

namespace nines::usecases {
namespace {

using nines::rca::Moment;
using nines::rca::MomentLane;

/// What follows the symptom: relapses, clearing up.
constexpr std::chrono::minutes kAfterEnd{30};
/// A change point is found to within a minute or two.
constexpr std::chrono::minutes kPointSpread{2};
/// Beyond this many a log's or a table's moments hide one another: the rest is told of.
constexpr std::size_t kMostFound = 50;

class Axis {
 public:
  explicit Axis(AxisResult& result) : result_(result) {}

  /// Whether it lies on the axis; entries and milestones beyond it are counted.
  bool holds(const incident::StatedTime& when, const std::optional<Instant>& until = {}) const {
    return until.value_or(when.at) >= result_.from && when.at <= result_.to;
  }
  void add(Moment moment) { moments_.push_back(std::move(moment)); }
  /// As many as can be seen, with a word on the rest.
  void add_found(std::vector<Moment> found, const std::string& what) {
    if (found.size() > kMostFound) {
      result_.warnings.push_back(
          fmt::format("{} {}: the first {} are shown", found.size(), what, kMostFound));
      found.resize(kMostFound);
    }
    for (auto& one : found) add(std::move(one));
  }
  std::vector<Moment> take() { return std::move(moments_); }

 private:
  AxisResult& result_;
  std::vector<Moment> moments_;
};

incident::StatedTime exact_time(Instant at, std::string clock) {
  incident::StatedTime when;
  when.at = at;
  when.clock = std::move(clock);
  return when;
}

void add_record(const incident::Record& record, const std::vector<incident::ImpactSpan>& impact,
                AxisResult& result, Axis& axis) {
  for (const auto& span : impact) {
    const auto where = span.region.empty() ? "" : " in " + span.region;
    Moment moment{MomentLane::impact,
                  std::string(incident::to_string(span.level)),
                  span.service,
                  span.service + " " + std::string(incident::to_string(span.level)) + where +
                      (span.stated ? "" : " (no step is on record: between the milestones)"),
                  exact_time(span.period.from, {}),
                  span.period.to};
    if (axis.holds(moment.when, moment.until)) axis.add(std::move(moment));
  }
  for (const auto& [name, when] : record.milestones) {
    auto words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    if (axis.holds(when))
      axis.add({MomentLane::milestone, name, {}, std::move(words), when, {},
                name == incident::milestone::kImpactStarted});
    else
      ++result.outside;
  }
  for (const auto& entry : record.entries) {
    if (entry.kind == incident::EntryKind::state) continue;
    if (axis.holds(entry.when))
      axis.add({MomentLane::entry, "#" + entry.name, {}, entry.text, entry.when, {}});
    else
      ++result.outside;
  }
}

/// The services that were changed on the axis.
std::set<std::string> add_changes(const Session& session, const AxisResult& result, Axis& axis) {
  std::set<std::string> services;
  for (const auto& change : store::changes(session.store(), {std::nullopt, result.from, result.to})) {
    services.insert(change.service);
    axis.add({MomentLane::change, change.name, change.service, catalog::describe(change),
              exact_time(change.start, change.system), change.end});
  }
  return services;
}

std::string level_text(double value) { return fmt::format("{:.3g}", value); }

/// Nothing when the series is too short to be asked.
std::optional<std::vector<Moment>> points_of(const NamedSeries& series, const std::string& service,
                                             const std::string& clock, const Axis& axis) {
  const auto changes = nines::rca::find_change_points(series.values.values);
  if (changes.too_short) return std::nullopt;
  std::vector<Moment> found;
  for (const auto& point : changes.points) {
    Moment moment{MomentLane::metric, series.name, service,
                  fmt::format("{} {} from {} to {}", series.name,
                              point.effect > 0 ? "rose" : "fell", level_text(point.before),
                              level_text(point.after)),
                  exact_time(series.values.times[point.index], clock), std::nullopt};
    moment.when.precision = Precision::about;
    moment.when.spread = kPointSpread;
    if (axis.holds(moment.when)) found.push_back(std::move(moment));
  }
  return found;
}

void add_metrics(const Session& session, const AxisRequest& request,
                 const std::set<std::string>& services, AxisResult& result, Axis& axis) {
  const auto catalogue = load_catalogue(session);
  ServiceSeries stored(session, catalogue, result.from, result.to);
  SeriesByService table;
  if (request.metrics) table = table_series(*request.metrics, request.folder);
  std::vector<Moment> found;
  std::size_t too_short = 0;
  const auto take = [&](const NamedSeries& series, const std::string& service,
                        const std::string& clock) {
    auto points = points_of(series, service, clock, axis);
    if (!points) ++too_short;
    for (auto& one : std::move(points).value_or(std::vector<Moment>{})) found.push_back(std::move(one));
  };
  for (const auto& service : services) {
    for (const auto& series : stored.of(service)) take(series, service, "measurements");
    if (const auto columns = table.find(service); columns != table.end())
      for (const auto& series : columns->second) {
        const NamedSeries named{service + " " + series.name, series.values};
        take(named, service, *request.metrics);
      }
  }
  axis.add_found(std::move(found), "change points of metrics");
  if (too_short > 0)
    result.warnings.push_back(fmt::format("{} has fewer than {} values: too short for change points",
                                          count_of(too_short, "series", "series"),
                                          nines::rca::kLeastValues));
}

void add_messages(const Session& session, const AxisRequest& request, const AxisResult& result,
                  Axis& axis) {
  if (!request.log) return;
  LogCompareRequest compare;
  compare.before = *request.log;
  compare.onset = result.onset.at - result.apart;
  compare.zone = request.zone;
  compare.now = session.now();
  std::vector<Moment> found;
  for (const auto& row : compare_logs(compare).templates) {
    if (row.shift.kind != nines::rca::ShiftKind::fresh || !row.first_time) continue;
    Moment moment{MomentLane::log, fmt::format("line {}", row.first_line), row.service,
                  "new message: " + row.text, exact_time(*row.first_time, request.log->name),
                  std::nullopt};
    if (axis.holds(moment.when)) found.push_back(std::move(moment));
  }
  axis.add_found(std::move(found), "new messages");
}

}  // namespace

AxisResult align_moments(const Session& session, const AxisRequest& request) {
  AxisResult result;
  result.incident = choose_incident(session, request.incident);
  const auto record = store::incident_record(session.store(), result.incident.uid);
  const auto onset = onset_of(record);
  result.onset = onset.when;
  result.onset_source = onset.source;
  result.apart = request.apart;
  result.from = onset.when.at - request.lookback;
  result.to = onset.ended ? *onset.ended + kAfterEnd : std::max(session.now(), onset.when.at);
  if (!onset.known)
    result.warnings.push_back(
        "the start of the impact is not on record, and the declaration stands in for it: nines "
        "incident set --milestone impact_started=TIME");
  Axis axis(result);
  const auto impact = incident::impact_spans(record, session.now());
  add_record(record, impact, result, axis);
  auto services = add_changes(session, result, axis);
  services.insert(result.incident.services.begin(), result.incident.services.end());
  for (const auto& span : impact) services.insert(span.service);
  services.erase("");
  add_metrics(session, request, services, result, axis);
  add_messages(session, request, result, axis);
  result.moments = nines::rca::place_moments(axis.take(), result.onset, result.apart);
  return result;
}

}  // namespace nines::usecases
