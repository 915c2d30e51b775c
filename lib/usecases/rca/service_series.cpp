// Reads minutes of applied indicators, and columns of tables, as series with times.
#include "usecases/rca/service_series.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/timestamp.hpp"
#include "store/series.hpp"
#include "usecases/rca/table_file.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

constexpr std::int64_t kMostSeriesMinutes = 2 * 1440;

Instant time_of_row(const std::string& text, std::size_t row, const std::string& file) {
  std::int64_t micros = 0;
  ingest::TimeFormat format;
  if (text.find_first_not_of("0123456789.") == std::string::npos) {
    format.kind = ingest::TimeFormat::Kind::epoch;
    const auto whole = text.substr(0, text.find('.')).size();
    format.ticks_per_second = whole > 11 ? (whole > 14 ? 1'000'000 : 1'000) : 1;
    if (whole > 17) format.ticks_per_second = 1'000'000'000;
  } else {
    format.kind = ingest::TimeFormat::Kind::iso8601;
  }
  ingest::TimeParser parser(std::move(format));
  if (parser.parse(text, micros) == ingest::TimeProblem::none) return from_epoch_micros(micros);
  throw Error(ExitCode::bad_data,
              fmt::format("row {} of '{}' has no time: '{}'", row + 1, file, text.substr(0, 40)),
              "the first column is the time: RFC 3339, or seconds since 1970", "BAD_TABLE");
}

}  // namespace

ServiceSeries::ServiceSeries(const Session& session, const Catalogue& catalogue, Instant from,
                             Instant to)
    : catalogue_(catalogue),
      reader_(store::open_series(session.store())),
      from_(epoch_minute(from)),
      to_(epoch_minute(to)) {
  from_ = std::max(from_, to_ - kMostSeriesMinutes);
}

const std::vector<NamedSeries>& ServiceSeries::of(const std::string& service) {
  const auto [found, fresh] = known_.try_emplace(service);
  if (fresh) found->second = read(service);
  return found->second;
}

std::vector<NamedSeries> ServiceSeries::read(const std::string& service) const {
  std::vector<NamedSeries> found;
  for (const auto& slo : catalogue_.slos) {
    if (slo.service != service || slo.composite()) continue;
    for (const auto& objective : slo.objectives) {
      const auto located = locate(catalogue_, slo, objective);
      if (!located.series) continue;
      NamedSeries series{"SLO " + slo.name, {}};
      series.values.more_is_worse = true;
      for (const auto& minute : reader_->minutes(*located.series, from_, to_)) {
        if (minute.total == 0) continue;
        series.values.times.push_back(from_epoch_minute(minute.minute));
        series.values.values.push_back(static_cast<double>(minute.total - minute.good) /
                                       static_cast<double>(minute.total));
      }
      if (!series.values.times.empty()) found.push_back(std::move(series));
      break;
    }
  }
  return found;
}

nines::rca::MetricTable read_timed_table(const std::string& file,
                                         const std::filesystem::path& folder,
                                         std::vector<Instant>& times) {
  auto table = ingest::read_metric_table(read_table_file(file, folder), file);
  times.clear();
  for (std::size_t row = 0; row < table.times.size(); ++row)
    times.push_back(time_of_row(table.times[row], row, file));
  if (!std::is_sorted(times.begin(), times.end()))
    throw Error(ExitCode::bad_data, "time goes back in '" + file + "'", "sort the rows by time",
                "BAD_TABLE");
  return table;
}

SeriesByService table_series(const std::string& file, const std::filesystem::path& folder) {
  std::vector<Instant> times;
  const auto table = read_timed_table(file, folder, times);
  SeriesByService found;
  for (const auto& column : table.columns) {
    NamedSeries series{
        column.name.metric + (column.name.statistic.empty() ? "" : " " + column.name.statistic),
        {}};
    for (std::size_t row = 0; row < times.size(); ++row) {
      if (std::isnan(column.values[row])) continue;
      series.values.times.push_back(times[row]);
      series.values.values.push_back(column.values[row]);
    }
    if (series.values.values.size() > ingest::kMostSeriesRows) continue;
    if (!series.values.times.empty()) found[column.name.service].push_back(std::move(series));
  }
  return found;
}

}  // namespace nines::usecases
