// Reads the tables, checks that they speak of the same things, and asks the domain.
#include "usecases/rca/rank.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/table_rows.hpp"
#include "usecases/rca/rank_parts.hpp"
#include "usecases/rca/table_file.hpp"

namespace nines::usecases {
namespace {

rca::MetricTable read_table(const std::string& name, const std::filesystem::path& cwd) {
  return ingest::read_metric_table(read_table_file(name, cwd), name);
}

/// The first time that is a smaller number than the one before; none when all rise or are no
/// numbers.
std::optional<std::size_t> first_step_back(const std::vector<std::string>& times) {
  double last = 0, time = 0;
  bool known = false;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!ingest::read_number(times[i], time)) return std::nullopt;
    if (known && time < last) return i;
    last = time;
    known = true;
  }
  return std::nullopt;
}

/// Exporters of metrics write seconds since 1970, which nobody reads: a table whose times all are such
/// numbers (2001 to 2096) tells them as times in UTC. Others stay as they are written.
void write_out_times(std::vector<std::string>& times) {
  constexpr double kEarliest = 1e9, kLatest = 4e9, kMicros = 1e6;
  std::vector<std::string> readable;
  readable.reserve(times.size());
  for (const auto& written : times) {
    double seconds = 0;
    if (!ingest::read_number(written, seconds) || seconds < kEarliest || seconds > kLatest) return;
    readable.push_back(
        format_utc(from_epoch_micros(static_cast<std::int64_t>(std::llround(seconds * kMicros)))));
  }
  times = std::move(readable);
}

void warn_about(const rca::MetricTable& table, const std::string& name,
                std::vector<std::string>& warnings) {
  if (const auto row = first_step_back(table.times))
    warnings.push_back("'" + name + "': time goes back at row " + std::to_string(*row + 1) +
                       "; rows are taken in the order of the file");
}

std::vector<std::string_view> views_of(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

rca::MetricName target_in(const rca::MetricTable& table, const std::string& text,
                          const std::string& where) {
  if (auto found = rca::find_target(table, text)) return *std::move(found);
  std::set<std::string> names;
  for (const auto& column : table.columns)
    names.insert(column.name.service + "|" + column.name.metric);
  auto hint = did_you_mean_hint(text, views_of(names));
  if (hint.empty()) hint = "NODE|METRIC as the header names them, such as '" + *names.begin() + "'";
  throw Error(ExitCode::not_found, "no column '" + text + "' in " + where, hint, "NO_TARGET");
}

rca::CallGraph graph_with(const std::string& file, const std::filesystem::path& cwd,
                          const std::string& node) {
  auto graph = ingest::read_call_graph(read_table_file(file, cwd), file);
  if (std::find(graph.nodes.begin(), graph.nodes.end(), node) != graph.nodes.end()) return graph;
  const std::set<std::string> names(graph.nodes.begin(), graph.nodes.end());
  auto hint = did_you_mean_hint(node, views_of(names));
  if (hint.empty()) hint = "the graph and the tables must call a service by the same name";
  throw Error(ExitCode::not_found, "no node '" + node + "' in '" + file + "'", hint, "NO_TARGET");
}

ChangePointResult change_points_of(const rca::MetricColumn& column,
                                   const std::vector<std::string>& times) {
  std::vector<double> values;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < column.values.size(); ++row) {
    if (std::isnan(column.values[row])) continue;
    values.push_back(column.values[row]);
    rows.push_back(row);
  }
  ChangePointResult result;
  result.found = rca::find_change_points(values);
  result.values = values.size();
  result.missing = column.values.size() - values.size();
  for (const auto& point : result.found.points)
    result.changes.push_back({times[rows[point.index]], rows[point.index], point});
  return result;
}

RankResult rank_metrics(const RankRequest& request, const std::filesystem::path& cwd) {
  RankResult result;
  auto before = read_table(request.normal, cwd);
  auto now = read_table(request.anomalous, cwd);
  result.normal = {before.times.size(), before.columns.size(), std::nullopt};
  result.anomalous = {now.times.size(), now.columns.size(), std::nullopt};
  warn_about(before, request.normal, result.warnings);
  warn_about(now, request.anomalous, result.warnings);
  write_out_times(before.times);
  write_out_times(now.times);
  if (!request.target) {
    if (request.graph)
      result.warnings.push_back("--graph is used only with --target: it says where to begin");
    result.ranking = rca::rank_by_movement(before, now);
    return result;
  }
  result.target = target_in(now, *request.target, "'" + request.anomalous + "'");
  std::optional<rca::CallGraph> graph;
  if (request.graph) graph = graph_with(*request.graph, cwd, result.target->service);
  result.ranking = rca::rank_by_symptom(before, now, *result.target, graph);
  return result;
}

ChangePointResult change_points_in(const std::string& file, const std::filesystem::path& cwd,
                                   std::istream& input) {
  const auto text = file == "-" ? read_table_stream(input, file)
                                : read_table_file(file, cwd);
  const auto series = ingest::read_series(text, file);
  std::vector<double> values;
  std::vector<std::string> times;
  for (const auto& one : series.values) {
    values.push_back(one.value);
    times.push_back(one.time);
  }
  if (const auto back = first_step_back(times))
    throw Error(ExitCode::bad_data,
                "time goes back at row " + std::to_string(series.values[*back].row + 1) + " of '" +
                    file + "'",
                "sort the rows by time", "BAD_TABLE");
  ChangePointResult result;
  result.found = rca::find_change_points(values);
  result.values = values.size();
  result.missing = series.missing;
  for (const auto& point : result.found.points)
    result.changes.push_back({times[point.index], series.values[point.index].row, point});
  return result;
}

}  // namespace nines::usecases
