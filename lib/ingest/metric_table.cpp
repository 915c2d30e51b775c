// Header rows into names, and cells into numbers.
#include "ingest/metric_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

using rca::MetricName;

[[noreturn]] void refuse_table(const TableRows& rows, std::size_t cell, std::string what,
                               std::string hint) {
  throw Error(ExitCode::bad_data, std::move(what), std::move(hint), "BAD_TABLE")
      .at(rows.place(cell));
}

std::string cell_text(std::string_view cell) { return "'" + bounded(cell, 60) + "'"; }

/// Epoch seconds, or a date and time: what no header holds.
bool could_be_time(std::string_view cell) {
  double number = 0;
  if (read_number(cell, number)) return true;
  return cell.size() >= 8 && cell[0] >= '0' && cell[0] <= '9' &&
         std::count_if(cell.begin(), cell.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 6;
}

MetricName metric_name_from(std::string_view text) {
  const auto parts = split(text, '|');
  if (parts.size() > 1)
    return {std::string(trim(parts[0])), std::string(trim(parts[1])),
            parts.size() > 2 ? std::string(trim(parts[2])) : std::string()};
  const auto underscore = text.find('_');
  if (underscore == std::string_view::npos) return {std::string(text), "value", ""};
  return {std::string(text.substr(0, underscore)), std::string(text.substr(underscore + 1)), ""};
}

enum class HeaderLevel { service, metric, statistic };

/// What a header row holds, by the word in its first cell, else by its place.
HeaderLevel header_level(std::string_view word, std::size_t place) {
  const auto lower = to_lower_ascii(word);
  for (const std::string_view known : {"service", "microservice", "node", "component", "pod"})
    if (lower == known) return HeaderLevel::service;
  for (const std::string_view known : {"metric", "kind", "name"})
    if (lower == known) return HeaderLevel::metric;
  for (const std::string_view known : {"statistic", "stat", "agg", "aggregation", "quantile"})
    if (lower == known) return HeaderLevel::statistic;
  return place == 0   ? HeaderLevel::service
         : place == 1 ? HeaderLevel::metric
                      : HeaderLevel::statistic;
}

struct HeaderRow {
  std::string word;
  std::vector<std::string> cells;
};

class MetricTableReader {
 public:
  MetricTableReader(std::string_view text, std::string_view file)
      : rows_(text, file), file_(file) {}

  rca::MetricTable read() {
    bool more = read_headers();
    name_columns();
    for (; more; more = rows_.next()) take_row();
    if (table_.times.empty())
      throw Error(ExitCode::bad_data, "'" + file_ + "' holds no row of values",
                  "one row per point in time below the header", "BAD_TABLE");
    drop_copies();
    return std::move(table_);
  }

 private:
  /// True when the rows stand at the first one with values.
  bool read_headers() {
    if (!rows_.next())
      throw Error(ExitCode::bad_data, "'" + file_ + "' is empty",
                  "a header with time and one column per metric, then one row per time",
                  "BAD_TABLE");
    if (rows_.cells().size() < 2)
      refuse_table(rows_, 0, "the table has one column only",
                   "the first column is time, each other one a metric named service|metric");
    if (rows_.cells().size() > kMostColumns + 1)
      refuse_table(rows_, kMostColumns + 1, "more columns than are read",
                   fmt::format("at most {}; leave out what cannot matter", kMostColumns));
    do {
      const auto& cells = rows_.cells();
      if (!headers_.empty() && could_be_time(cells[0])) return true;
      const bool index_name =
          !headers_.empty() && std::all_of(cells.begin() + 1, cells.end(),
                                           [](std::string_view cell) { return cell.empty(); });
      if (index_name) continue;
      if (!headers_.empty() && cells.size() != headers_.front().cells.size() + 1)
        refuse_table(rows_, cells.size() - 1, cell_count(cells.size()), "every row has as many");
      if (headers_.empty() && could_be_time(cells[0]) && is_number_row(cells))
        refuse_table(rows_, 0, "the table has no header",
                     "name the columns: time,service|metric,service|metric");
      if (headers_.size() == 3)
        refuse_table(rows_, 0, cell_text(cells[0]) + " is not a time",
                     "after at most three header rows the first cell is a time");
      headers_.push_back({std::string(cells[0]), {cells.begin() + 1, cells.end()}});
    } while (rows_.next());
    return false;
  }

  static bool is_number_row(const std::vector<std::string_view>& cells) {
    double number = 0;
    return std::all_of(cells.begin() + 1, cells.end(), [&](std::string_view cell) {
      return is_missing(cell) || read_number(cell, number);
    });
  }

  std::string cell_count(std::size_t count) const {
    return fmt::format("{} cells, and {} in the header", count, headers_.front().cells.size() + 1);
  }

  MetricName name_at(std::size_t place) const {
    if (headers_.size() == 1) return metric_name_from(headers_[0].cells[place]);
    MetricName name;
    for (std::size_t level = 0; level < headers_.size(); ++level) {
      const auto& text = headers_[level].cells[place];
      switch (header_level(headers_[level].word, level)) {
        case HeaderLevel::service:
          name.service = text;
          break;
        case HeaderLevel::metric:
          name.metric = text;
          break;
        case HeaderLevel::statistic:
          name.statistic = text;
          break;
      }
    }
    return name;
  }

  void name_columns() {
    std::map<MetricName, std::size_t> seen;
    for (std::size_t i = 0; i < headers_.front().cells.size(); ++i) {
      auto name = name_at(i);
      const auto problem = [&](std::string what, std::string hint) {
        throw Error(ExitCode::bad_data, std::move(what), std::move(hint), "BAD_TABLE")
            .at({file_, 1, 0});
      };
      if (name.service.empty() || name.metric.empty())
        problem(fmt::format("column {} names no service and metric", i + 2),
                "name it service|metric, or service_metric");
      const auto [other, fresh] = seen.try_emplace(name, i);
      if (!fresh) copies_.emplace_back(other->second, i);
      table_.columns.push_back({std::move(name), {}});
    }
  }

  /// An export that joined tables may hold a column twice: that is one column, unless they differ.
  void drop_copies() {
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    for (auto copy = copies_.rbegin(); copy != copies_.rend(); ++copy) {
      const auto& first = table_.columns[copy->first];
      const auto& second = table_.columns[copy->second];
      if (!std::equal(first.values.begin(), first.values.end(), second.values.begin(), same))
        throw Error(ExitCode::bad_data,
                    fmt::format("columns {} and {} have one name, {}, and different values",
                                copy->first + 2, copy->second + 2,
                                cell_text(to_string(first.name))),
                    "rename one, or leave it out", "BAD_TABLE")
            .at({file_, 1, 0});
      table_.columns.erase(table_.columns.begin() + static_cast<std::ptrdiff_t>(copy->second));
    }
  }

  void take_row() {
    const auto& cells = rows_.cells();
    if (cells.size() != table_.columns.size() + 1)
      refuse_table(rows_, cells.size() - 1, cell_count(cells.size()), "every row has as many");
    if ((table_.times.size() + 1) * table_.columns.size() > kMostTableCells)
      refuse_table(
          rows_, 0, "more cells than are read",
          fmt::format("at most {}; take a shorter time or fewer columns", kMostTableCells));
    if (cells[0].empty())
      refuse_table(rows_, 0, "a row without a time", "the first column of every row is its time");
    table_.times.emplace_back(bounded(cells[0], 64));
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      double value = 0;
      if (!read_number(cells[i + 1], value)) {
        if (!is_missing(cells[i + 1]))
          refuse_table(rows_, i + 1, cell_text(cells[i + 1]) + " is not a number",
                       "a cell is a decimal number, or empty when nothing was measured");
        value = std::numeric_limits<double>::quiet_NaN();
      }
      table_.columns[i].values.push_back(value);
    }
  }

  TableRows rows_;
  std::string file_;
  std::vector<HeaderRow> headers_;
  std::vector<std::pair<std::size_t, std::size_t>> copies_;  ///< columns of one name
  rca::MetricTable table_;
};

}  // namespace

rca::MetricTable read_metric_table(std::string_view text, std::string_view file) {
  return MetricTableReader(text, file).read();
}

TimedSeries read_series(std::string_view text, std::string_view file) {
  TableRows rows(text, file);
  TimedSeries series;
  std::size_t row = 0;
  bool first = true;
  while (rows.next()) {
    const auto& cells = rows.cells();
    if (cells.size() > 2)
      refuse_table(rows, 2, "more than two columns", "give one series: time,value");
    const auto& cell = cells.back();
    double value = 0;
    const bool number = read_number(cell, value);
    if (first && !number && (cells.size() == 1 || !could_be_time(cells[0]))) {
      first = false;
      continue;  // the header
    }
    first = false;
    if (!number && !is_missing(cell))
      refuse_table(rows, cells.size() - 1, cell_text(cell) + " is not a number",
                   "a value is a decimal number, or empty when nothing was measured");
    if (number) {
      if (series.values.size() == kMostSeriesRows)
        refuse_table(rows, 0, "more values than are read",
                     fmt::format("at most {}; take a shorter time, or means of several rows",
                                 kMostSeriesRows));
      auto time = cells.size() == 2 ? bounded(cells[0], 64) : std::to_string(row);
      series.values.push_back({std::move(time), value, row});
    } else {
      ++series.missing;
    }
    ++row;
  }
  if (series.values.empty())
    throw Error(ExitCode::bad_data, "'" + std::string(file) + "' holds no value",
                "one row per point in time: time,value", "BAD_TABLE");
  return series;
}

}  // namespace nines::ingest
