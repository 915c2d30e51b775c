// Prometheus' HTTP API: queries that count increments exactly where the samples lie, and answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/slo/engine_query.hpp"

namespace nines::ingest {

/// The counters of one way of counting.
struct PrometheusCounters {
  std::vector<slo::CounterTerm> first;  ///< good or bad
  std::vector<slo::CounterTerm> total;
  std::chrono::minutes interval{1};
  std::chrono::minutes lookback{24 * 60};
};

/// Names of the columns of an answer; "first" and "total" are followed by a term's number.
inline constexpr std::string_view kFirstColumn = "first";
inline constexpr std::string_view kTotalColumn = "total";
inline constexpr std::string_view kBornFirst = "born_first";  ///< events of series seen first
inline constexpr std::string_view kBornTotal = "born_total";
inline constexpr std::string_view kBorn = "born";      ///< how many series these were
inline constexpr std::string_view kSeen = "seen";      ///< series of the total with a fresh sample
inline constexpr std::string_view kResets = "resets";  ///< series that started again from zero

/// One query whose value at the end of a minute is what that minute brought. For each series it is
/// the last sample within the minute less the last one before (at most `lookback` back); where the
/// counter fell, the sample itself; where there was none before, the sample itself if others of the
/// total were being watched. So the sum over any stretch is what the samples say, whatever the
/// scrapes: nothing is extrapolated, and no increment falls between two windows.
std::string increments_query(const PrometheusCounters& counters);
/// The same of the counters alone, by one label.
std::string increments_by_label(const PrometheusCounters& counters, std::string_view label);
/// Prometheus' own estimate over one range ("86400s"), extrapolated.
std::string increase_query(const PrometheusCounters& counters, std::string_view range);

/// Minutes since the epoch, half open, to the fields of query_range: one value per `step` minutes.
std::vector<std::pair<std::string, std::string>> range_fields(std::string query, std::int64_t from,
                                                              std::int64_t to, int step = 1);

struct PrometheusColumn {
  std::map<std::string, std::string> labels;
  std::vector<std::pair<std::int64_t, double>> points;  ///< (minute that ended then, value)

  std::string label(std::string_view name) const;
};

struct PrometheusAnswer {
  std::vector<PrometheusColumn> columns;
  std::vector<std::string> warnings;  ///< at most 20, one line each
  bool partial = false;               ///< it says itself that parts are missing
};

/// Of query_range. Throws Error: bad_data for anything that is no whole answer of this API; busy,
/// config or bad_data for an error it reports. Values that are no finite number are left out.
PrometheusAnswer read_prometheus(std::string_view body);

/// "Prometheus 2.42.0" of /api/v1/status/buildinfo; empty when it does not say.
struct BuildInfo {
  std::string product;
  std::string version;
};
BuildInfo read_build_info(std::string_view body);

}  // namespace nines::ingest
