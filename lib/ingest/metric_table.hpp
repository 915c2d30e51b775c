// Tables of metrics, call graphs and single series as CSV.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"

namespace nines::ingest {

// A table beyond these is refused: nobody exports an incident so large, and its ranking would not
// be ready in time.
inline constexpr std::size_t kMostTableBytes = 512u << 20;
inline constexpr std::size_t kMostColumns = 50'000;
inline constexpr std::size_t kMostTableCells = 50'000'000;
inline constexpr std::size_t kMostGraphNodes = 200'000;
inline constexpr std::size_t kMostGraphEdges = 5'000'000;
inline constexpr std::size_t kMostSeriesRows = 50'000;

/// First column time, one column per metric. Columns are named "service|metric[|statistic]" or
/// "service_metric" (the first underscore splits) in one header row, or by two or three header rows
/// as pandas writes them (service, metric, statistic), with a row that names the index or without.
/// Cells that are empty, NaN or infinite count as not measured; a column that is there twice is read
/// once. Rows keep the order of the file.
/// Throws Error{bad_data} with the place of what cannot be read.
rca::MetricTable read_metric_table(std::string_view text, std::string_view file);

/// A square matrix of names where a cell that is not 0 says that its row calls its column, or a
/// table with the columns from and to (caller, callee; source, target; parent, child).
rca::CallGraph read_call_graph(std::string_view text, std::string_view file);

struct TimedValue {
  std::string time;  ///< as written; the row's number when the table has one column
  double value = 0;
  std::size_t row = 0;  ///< counted over all rows, those without a value too
};
struct TimedSeries {
  std::vector<TimedValue> values;
  std::size_t missing = 0;
};
/// Two columns, time and value, with a header or without; or one column of values.
TimedSeries read_series(std::string_view text, std::string_view file);

}  // namespace nines::ingest
