// Any bytes read as a table, a graph or a series give sound ones or an error with a hint.
#include <cmath>

#include "base/error.hpp"
#include "check.hpp"
#include "domain/rca/changepoints/change_points.hpp"
#include "domain/rca/rank/ranking.hpp"
#include "ingest/metric_table.hpp"

namespace {

using namespace nines;

template <typename Read>
bool read_or_refuse(Read&& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data && !error.hint().empty(),
                "a refusal is bad data and says what to do");
    return false;
  }
}

void rank_halves(const rca::MetricTable& table) {
  rca::MetricTable before, now;
  const auto half = static_cast<std::ptrdiff_t>(table.times.size() / 2);
  before.times.assign(table.times.begin(), table.times.begin() + half);
  now.times.assign(table.times.begin() + half, table.times.end());
  for (const auto& column : table.columns) {
    const auto begin = column.values.begin();
    before.columns.push_back({column.name, {begin, begin + half}});
    now.columns.push_back({column.name, {begin + half, column.values.end()}});
  }
  const auto plain = rca::rank_by_movement(before, now);
  const auto target = rca::rank_by_symptom(before, now, table.columns.front().name, std::nullopt);
  for (const auto* ranking : {&plain, &target}) {
    fuzz::check(ranking->anomalous == !ranking->services.empty(), "an abstention is empty");
    fuzz::check(!ranking->because.empty(), "every answer says why");
    for (std::size_t i = 0; i < ranking->services.size(); ++i) {
      const auto& one = ranking->services[i];
      fuzz::check(std::isfinite(one.score) && !one.reason.empty(), "every rank has its reason");
      fuzz::check(i == 0 || one.score <= ranking->services[i - 1].score, "scores never rise");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  rca::MetricTable table;
  if (read_or_refuse([&] { table = ingest::read_metric_table(text, "table"); })) {
    fuzz::check(!table.times.empty() && !table.columns.empty(), "a table has rows and columns");
    for (const auto& column : table.columns) {
      fuzz::check(column.values.size() == table.times.size(), "columns are as long as the table");
      fuzz::check(!column.name.service.empty(), "columns name a service");
    }
    if (table.columns.size() * table.times.size() < 10'000) rank_halves(table);
  }
  read_or_refuse([&] {
    const auto graph = ingest::read_call_graph(text, "graph");
    fuzz::check(graph.nodes.size() == graph.callees.size(), "every node has its callees");
    for (const auto& callees : graph.callees)
      for (const auto callee : callees)
        fuzz::check(callee < graph.nodes.size(), "a callee is a node");
  });
  read_or_refuse([&] {
    const auto series = ingest::read_series(text, "series");
    std::vector<double> values;
    for (const auto& one : series.values) values.push_back(one.value);
    if (values.size() > 500) return;
    const auto found = rca::find_change_points(values);
    for (const auto& point : found.points)
      fuzz::check(point.index > 0 && point.index < values.size() && point.p >= 0 && point.p <= 1,
                  "a change lies inside, its chance between 0 and 1");
  });
  return 0;
}
