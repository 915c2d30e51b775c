// How raw files of one DataSource are to be read, checked against what the formats can do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "domain/slo/model.hpp"

namespace nines::ingest {

enum class Format { common, combined, w3c, csv, tsv, jsonl, openmetrics, pattern, fixed };
std::string_view to_string(Format format);
std::optional<Format> format_from(std::string_view name);  ///< also "nginx", "apache", "iis", "json"

enum class SourceClass { server, balancer, synthetic, real_user, vendor };
std::string_view to_string(SourceClass source_class);

enum class TimeKind { seconds, milliseconds, microseconds, nanoseconds, rfc3339, clf, pattern };

struct TimeSpec {
  std::vector<std::string> columns;  ///< several are joined by one space
  TimeKind kind = TimeKind::rfc3339;
  std::string pattern;               ///< strptime-like: "%Y-%m-%d %H:%M:%S"
};

/// A column that the document describes: its place for formats without names, its unit for latency.
struct ColumnSpec {
  std::string name;
  std::string unit;   ///< "ms", "s", "us", "ns"; empty = taken from the name's ending
  int start = 0;      ///< fixed: first character, 1-based
  int width = 0;      ///< fixed
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
  std::string service_column;        ///< exclusive with `service`
  std::string service;
  std::string zone = "UTC";          ///< of local times
  SourceClass source_class = SourceClass::server;
  std::string vantage;
  std::optional<Micros> interval;    ///< expected distance of samples; absent for logs
  std::vector<ColumnSpec> columns;
  std::vector<SplitSpec> splits;
  std::string pattern;
  char delimiter = ',';
  bool header = true;                ///< csv, tsv: the first line names the columns

  const ColumnSpec* find_column(std::string_view name) const;
};

/// Reads `connectionDetails` of a `type: file` source. Adds one finding per mistake, with the path
/// of the member ("spec.connectionDetails.format"); empty when any is an error.
std::optional<SourceSpec> read_source(const slo::DataSource& source, Findings& findings);
/// The same, throwing Error{bad_data} with the first finding.
SourceSpec require_source(const slo::DataSource& source);

/// Columns that the format itself names; empty when only the file or the document can tell.
std::vector<std::string> built_in_columns(Format format);

}  // namespace nines::ingest
