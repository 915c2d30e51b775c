// How raw files of one DataSource are to be read, checked against what the formats can do.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "domain/slo/model.hpp"
#include "ingest/timestamp.hpp"

namespace nines::ingest {

enum class Format {
  common,
  combined,
  w3c,
  csv,
  tsv,
  jsonl,
  openmetrics,
  prometheus,
  pattern,
  fixed
};
std::string_view to_string(Format format);
std::optional<Format> format_from(
    std::string_view name);  ///< also "nginx", "apache", "iis", "json"

/// Where a measurement was taken: one class never overwrites another.
enum class SourceClass { server, balancer, synthetic, real_user, vendor };
std::string_view to_string(SourceClass source_class);

enum class TimeKind {
  seconds,
  milliseconds,
  microseconds,
  nanoseconds,
  rfc3339,
  iso8601,
  clf,
  pattern
};

struct TimeSpec {
  std::vector<std::string> columns;  ///< several are joined by one space
  TimeKind kind = TimeKind::iso8601;
  std::string pattern;  ///< TimeLayout: "%Y-%m-%d %H:%M:%S"
  Ambiguous ambiguous = Ambiguous::refuse;
  /// For patterns without a year: all times lie in `year`, or each lies in the twelve months that
  /// end with the day `latest`. Neither depends on the lines before.
  std::optional<int> year;
  std::optional<Day> latest;
};

/// A column that the document describes: its place for formats without names, its unit for latency.
struct ColumnSpec {
  std::string name;
  std::string unit;  ///< "ms", "s", "us", "ns"; empty = taken from the name's ending
  std::string from;  ///< name in the file; empty = the same
  int start = 0;     ///< fixed: first byte, 1-based
  int width = 0;     ///< fixed: bytes
};

/// A bounded division of a series: one series per listed or frequent value, and "other".
struct SplitSpec {
  std::string label;
  std::string column;
  std::vector<std::string> values;  ///< the only ones told apart, when given
  int top = 0;                      ///< else this many
};

struct SourceSpec {
  std::string name;
  Format format = Format::csv;
  TimeSpec time;
  std::string service_column;  ///< exclusive with `service`
  std::string service;
  std::string zone = "UTC";  ///< of local times
  SourceClass source_class = SourceClass::server;
  std::string vantage;             ///< "probe-eu-1"
  std::optional<Micros> interval;  ///< expected distance of samples; absent for logs
  std::vector<ColumnSpec> columns;
  std::vector<SplitSpec> splits;
  std::string pattern;  ///< RE2 with named groups
  char delimiter = ',';
  bool header = true;  ///< csv, tsv: the first line names the columns

  const ColumnSpec* find_column(std::string_view name) const;
  /// The name in the file behind a name in a predicate.
  std::string_view resolve(std::string_view name) const;
};

/// Reads `connectionDetails` of a `type: file` source (members: nines-slo(5)). Adds one finding per
/// mistake, with the path of the member ("spec.connectionDetails.format") and no span; empty when
/// any is an error.
std::optional<SourceSpec> read_source(const slo::DataSource& source, Findings& findings);
/// The same, throwing Error{bad_data} with the first finding.
SourceSpec require_source(const slo::DataSource& source);

/// Every member `connectionDetails` of a file may have.
std::span<const std::string_view> source_members();

/// Columns that the format itself names; empty when only the file or the document can tell.
std::vector<std::string> built_in_columns(Format format);

/// All names that a predicate may use; empty where only the file knows them (a CSV header, members
/// of JSON lines, W3C directives, metric labels).
std::optional<std::vector<std::string>> known_columns(const SourceSpec& spec);

}  // namespace nines::ingest
