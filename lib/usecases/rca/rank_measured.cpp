// Cuts what was measured around an incident into a baseline and a table of it, and ranks those.
#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "usecases/rca/metric_source.hpp"
#include "usecases/rca/rank_parts.hpp"
#include "usecases/rca/scope.hpp"

namespace nines::usecases {
namespace {

using rca::CallGraph;
using rca::MetricTable;
using rca::TimeStretch;

/// How far before the onset series are asked for change points.
constexpr std::chrono::hours kPointsBefore{6};

/// What is measured of an incident, and when.
struct Measured {
  Scope scope;
  std::vector<std::string> services;
  rca::ComparedWindows windows;
};

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 5;
  auto text = join({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(
                                                       std::min(names.size(), kMost))},
                   ", ");
  return names.size() > kMost ? fmt::format("{} and {} more", text, names.size() - kMost) : text;
}

Measured measure_scope(const Session& session, const MetricSource& source,
                       const MeasuredRequest& request) {
  Measured measured;
  measured.scope = scope_of(session, {request.incident, request.onset, request.ended});
  const auto known = source.services();
  for (const auto& service : request.services)
    if (std::find(known.begin(), known.end(), service) == known.end())
      throw Error(ExitCode::not_found, "no series of '" + service + "' in " + source.name(),
                  known.empty() ? "nines slo import FILE brings measurements"
                                : "measured are " + listed(known),
                  "NO_SERIES");
  measured.services = request.services.empty() ? known : request.services;
  const auto until = source.known_until(measured.services);
  if (!until)
    throw Error(ExitCode::undecided, "nothing is measured in " + source.name(),
                "nines slo import FILE brings measurements; or --normal FILE and --anomalous FILE",
                "NO_SERIES");
  const auto& scope = measured.scope;
  measured.windows = rca::choose_windows({scope.onset, scope.uncertainty, scope.onset_known,
                                          scope.ended, std::min(*until, session.now()),
                                          request.normal});
  return measured;
}

[[noreturn]] void refuse_empty(const MetricSource& source, const Measured& measured,
                               const TimeStretch& stretch, std::string_view what) {
  const auto until = source.known_until(measured.services);
  throw Error(ExitCode::undecided,
              fmt::format("nothing was measured {} ({} to {})", what, format_utc(stretch.from),
                          format_utc(stretch.to)),
              fmt::format("measurements end {}; nines slo import FILE brings more, --onset TIME "
                          "asks for another time",
                          until ? format_utc(*until) : "nowhere"),
              "NO_SERIES");
}

/// Rows in which another incident hurt something are no normal operation; unless nothing is left.
void leave_out_incidents(const std::vector<OtherIncident>& others, const TimeStretch& stretch,
                         MetricTable& table, std::vector<std::string>& notes) {
  std::vector<bool> out(table.times.size(), false);
  std::size_t count = 0;
  std::vector<std::string> names;
  for (const auto& other : others) {
    names.push_back(other.name);
    for (std::size_t row = 0; row < out.size(); ++row) {
      const auto at = stretch.from + std::chrono::minutes{row};
      if (out[row] || at + std::chrono::minutes{1} <= other.hurt.from || at >= other.hurt.to)
        continue;
      out[row] = true;
      ++count;
    }
  }
  if (count == 0) return;
  if (2 * count > out.size()) {
    notes.push_back("more than half of the normal stretch lies in " + listed(names) +
                    ": it is compared all the same");
    return;
  }
  const auto keep = [&](auto& values) {
    std::size_t to = 0;
    for (std::size_t row = 0; row < out.size(); ++row)
      if (!out[row]) values[to++] = std::move(values[row]);
    values.resize(to);
  };
  keep(table.times);
  for (auto& column : table.columns) keep(column.values);
  notes.push_back(fmt::format("{} of the normal stretch left out: {}", count_of(count, "minute"),
                              listed(names)));
}

CallGraph declared_calls(const Catalogue& catalogue, Instant onset) {
  CallGraph graph;
  std::map<std::string, std::uint32_t> places;
  const auto place = [&](const std::string& name) {
    const auto [found, fresh] =
        places.try_emplace(name, static_cast<std::uint32_t>(graph.nodes.size()));
    if (fresh) {
      graph.nodes.push_back(name);
      graph.callees.emplace_back();
    }
    return found->second;
  };
  const auto day = std::chrono::floor<std::chrono::days>(onset);
  for (const auto& [name, service] : catalogue.services) {
    const auto from = place(name);
    for (const auto& need : service.dependencies) {
      const auto to = place(need.on);
      if (!need.since || *need.since <= day) graph.callees[from].push_back(to);
    }
  }
  return graph;
}

}  // namespace

RankResult rank_measured(const Session& session, const MeasuredRequest& request,
                         const std::filesystem::path& cwd) {
  const auto catalogue = load_catalogue(session);
  const auto source = stored_metrics(session, catalogue);
  const auto measured = measure_scope(session, *source, request);
  const auto& windows = measured.windows;
  auto before = source->table(measured.services, windows.normal);
  if (before.columns.empty())
    refuse_empty(*source, measured, windows.normal, "in the normal stretch before the onset");
  const auto now = source->table(measured.services, windows.incident);
  if (now.columns.empty()) refuse_empty(*source, measured, windows.incident, "in the incident");
  RankResult result;
  result.incident = measured.scope.incident;
  result.windows = windows.because;
  std::vector<std::string> notes;
  leave_out_incidents(other_incidents(session, measured.scope, windows.normal), windows.normal,
                      before, notes);
  result.normal = {before.times.size(), before.columns.size(), windows.normal};
  result.anomalous = {now.times.size(), now.columns.size(), windows.incident};
  if (!request.target) {
    if (request.graph)
      result.warnings.push_back("--graph is used only with --target: it says where to begin");
    result.ranking = rca::rank_by_movement(before, now);
  } else {
    result.target = target_in(now, *request.target, source->name());
    std::optional<CallGraph> graph;
    if (request.graph) {
      graph = graph_with(*request.graph, cwd, result.target->service);
    } else if (catalogue.services.contains(result.target->service)) {
      graph = declared_calls(catalogue, measured.scope.onset);
      notes.push_back("calls are the dependencies that are declared");
    } else {
      result.warnings.push_back("no service '" + result.target->service +
                                "' is applied: its calls are not known");
    }
    result.ranking = rca::rank_by_symptom(before, now, *result.target, graph);
  }
  result.ranking.notes.insert(result.ranking.notes.begin(), notes.begin(), notes.end());
  return result;
}

MeasuredChangePoints change_points_measured(const Session& session,
                                            const MeasuredRequest& request) {
  const auto catalogue = load_catalogue(session);
  const auto source = stored_metrics(session, catalogue);
  const auto measured = measure_scope(session, *source, request);
  auto services = measured.services;
  if (request.services.empty() && !measured.scope.hurt.empty()) {
    std::erase_if(services, [&](const auto& service) {
      return !std::binary_search(measured.scope.hurt.begin(), measured.scope.hurt.end(), service);
    });
    // What is hurt may have no series of its own.
    if (services.empty()) services = measured.services;
  }
  MeasuredChangePoints found;
  found.incident = measured.scope.incident;
  found.stretch = {measured.windows.incident.from - request.normal.value_or(kPointsBefore),
                   measured.windows.incident.to};
  found.because =
      fmt::format("from {} before the onset ({}) to the end of the incident's stretch",
                  format_duration(request.normal.value_or(kPointsBefore)),
                  measured.scope.onset_source);
  const auto table = source->table(services, found.stretch);
  if (table.columns.empty())
    refuse_empty(*source, measured, found.stretch, "around the onset");
  for (const auto& column : table.columns) {
    // With several objectives the largest share is one of those that follow.
    const auto same = [&](const auto& other) {
      return other.name.service == column.name.service && other.name.metric == kFailedMetric;
    };
    if (column.name.metric != kFailedMetric) continue;
    if (column.name.statistic.empty() &&
        std::count_if(table.columns.begin(), table.columns.end(), same) > 1)
      continue;
    found.series.push_back({column.name, change_points_of(column, table.times)});
  }
  return found;
}

}  // namespace nines::usecases
