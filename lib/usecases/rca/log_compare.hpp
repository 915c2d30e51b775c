// Two stretches of logs beside each other: which messages are new, gone, more or fewer, and whose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "base/zone.hpp"
#include "domain/rca/logs/shift.hpp"
#include "usecases/rca/log_file.hpp"

namespace nines::usecases {

struct LogCompareRequest {
  LogFile before;                      ///< or the only one, which `onset` parts
  std::optional<LogFile> after;        ///< the second stretch as a file of its own
  std::optional<Instant> onset;        ///< with one file: the second stretch begins here
  std::optional<Instant> until;        ///< and ends here; default the end of the file
  std::optional<Micros> lookback;      ///< the first stretch reaches so far back; default all
  bool by_host = false;                ///< services are hosts, not programs
  std::optional<std::string> service;  ///< all lines belong to this one
  Zone zone = Zone::utc();             ///< of times without an offset
  Instant now;
};

struct ComparedTemplate {
  std::string id;
  std::string text;
  rca::LogLevel level = rca::LogLevel::unknown;  ///< by the header, else hinted by its words
  stats::TwoShares counts;
  rca::Shift shift;
  double weight = 1;
  std::string service;           ///< the one in which it moved most; empty when none is named
  std::uint64_t services = 0;    ///< how many have it
  std::uint64_t first_line = 0;  ///< in the second stretch, by the number in its file; 0 = none
  std::optional<Instant> first_time;  ///< of that line
};

struct ComparedService {
  std::string service;
  double score = 0;  ///< weight times root of G of its template that moved most
  std::size_t template_index = 0;
  stats::TwoShares counts;  ///< of that template in this service
  double root_g = 0;
  bool significant = false;  ///< among all pairs of a template and a service
};

struct LogComparison {
  std::vector<ComparedTemplate>
      templates;                          ///< significant ones first, then by weight and root of G
  std::vector<ComparedService> services;  ///< by score; equal ones by name
  std::uint64_t before_lines = 0;
  std::uint64_t after_lines = 0;
  std::uint64_t outside_lines = 0;  ///< beyond the stretches
  std::uint64_t untimed_lines = 0;  ///< before the first line that tells a time
  std::optional<Instant> first_time;
  std::optional<Instant> last_time;
  std::optional<std::uint64_t> fewest_new;  ///< see rca::fewest_new_lines; nothing = too few lines
  bool saturated = false;
};

/// Throws Error: not_found, io, usage (the lines tell no time, and an onset was given).
NINES_EXPORT LogComparison compare_logs(const LogCompareRequest& request);

}  // namespace nines::usecases
