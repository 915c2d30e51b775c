// Call graphs: a matrix of who calls whom, or a list of edges.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEdgeColumns = {{
    {"from", "to"},
    {"caller", "callee"},
    {"source", "target"},
    {"source", "destination"},
    {"parent", "child"},
    {"client", "server"},
}};

[[noreturn]] void refuse_graph(const TableRows& rows, std::size_t cell, std::string what,
                               std::string hint) {
  throw Error(ExitCode::bad_data, std::move(what), std::move(hint), "BAD_GRAPH")
      .at(rows.place(cell));
}

class GraphBuilder {
 public:
  explicit GraphBuilder(const TableRows& rows) : rows_(rows) {}

  std::uint32_t node(std::string_view name, std::size_t cell) {
    if (name.empty())
      refuse_graph(rows_, cell, "a node without a name",
                   "name the service that calls or is called");
    const auto found = place_.find(name);
    if (found != place_.end()) return found->second;
    if (graph_.nodes.size() == kMostGraphNodes)
      refuse_graph(rows_, cell, "more nodes than are read",
                   fmt::format("at most {}", kMostGraphNodes));
    const auto index = static_cast<std::uint32_t>(graph_.nodes.size());
    place_.emplace(std::string(name), index);
    graph_.nodes.emplace_back(name);
    graph_.callees.emplace_back();
    return index;
  }

  void edge(std::uint32_t from, std::uint32_t to) {
    if (++edges_ > kMostGraphEdges)
      refuse_graph(rows_, 0, "more edges than are read",
                   fmt::format("at most {}", kMostGraphEdges));
    graph_.callees[from].push_back(to);
  }

  rca::CallGraph take() {
    for (auto& callees : graph_.callees) {
      std::sort(callees.begin(), callees.end());
      callees.erase(std::unique(callees.begin(), callees.end()), callees.end());
    }
    return std::move(graph_);
  }

 private:
  const TableRows& rows_;
  rca::CallGraph graph_;
  std::map<std::string, std::uint32_t, std::less<>> place_;
  std::size_t edges_ = 0;
};

/// The places of both ends in the header of a list of edges.
std::optional<std::pair<std::size_t, std::size_t>> edge_columns(
    const std::vector<std::string_view>& header) {
  const auto place = [&](std::string_view wanted) {
    const auto found = std::find_if(header.begin(), header.end(), [&](std::string_view cell) {
      return to_lower_ascii(cell) == wanted;
    });
    return static_cast<std::size_t>(found - header.begin());
  };
  for (const auto& [from, to] : kEdgeColumns)
    if (place(from) < header.size() && place(to) < header.size())
      return std::pair(place(from), place(to));
  return std::nullopt;
}

void read_edges(TableRows& rows, std::pair<std::size_t, std::size_t> ends, GraphBuilder& builder) {
  while (rows.next()) {
    const auto& cells = rows.cells();
    if (cells.size() <= std::max(ends.first, ends.second))
      refuse_graph(rows, cells.size() - 1, "an edge with one end", "from,to: the caller first");
    const auto from = builder.node(cells[ends.first], ends.first);
    builder.edge(from, builder.node(cells[ends.second], ends.second));
  }
}

/// A cell of the matrix: false for 0 and for nothing.
bool is_call(const TableRows& rows, std::size_t cell) {
  const auto text = rows.cells()[cell];
  double value = 0;
  if (read_number(text, value)) return value != 0;
  const auto lower = to_lower_ascii(text);
  if (lower.empty() || lower == "false") return false;
  if (lower == "true") return true;
  refuse_graph(rows, cell, "'" + bounded(text, 60) + "' is not 0 or 1",
               "1 where the row's service calls the column's");
}

void read_matrix(TableRows& rows, GraphBuilder& builder) {
  std::vector<std::uint32_t> columns;
  for (std::size_t i = 1; i < rows.cells().size(); ++i)
    columns.push_back(builder.node(rows.cells()[i], i));
  while (rows.next()) {
    const auto& cells = rows.cells();
    if (cells.size() != columns.size() + 1)
      refuse_graph(rows, cells.size() - 1,
                   fmt::format("{} cells, and {} in the header", cells.size(), columns.size() + 1),
                   "a matrix has one column for each node; or list edges below from,to");
    const auto from = builder.node(cells[0], 0);
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (is_call(rows, i + 1)) builder.edge(from, columns[i]);
  }
}

}  // namespace

rca::CallGraph read_call_graph(std::string_view text, std::string_view file) {
  TableRows rows(text, file);
  if (!rows.next())
    throw Error(ExitCode::bad_data, "'" + std::string(file) + "' is empty",
                "list edges below from,to, or give a matrix of 0 and 1", "BAD_GRAPH");
  GraphBuilder builder(rows);
  const auto ends = edge_columns(rows.cells());
  if (ends)
    read_edges(rows, *ends, builder);
  else if (rows.cells().size() < 2)
    refuse_graph(rows, 0, "the graph has one column only",
                 "list edges below from,to, or give a matrix of 0 and 1");
  else
    read_matrix(rows, builder);
  return builder.take();
}

}  // namespace nines::ingest
