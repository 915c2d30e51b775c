// The templates of a log, and which line has which.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "base/zone.hpp"
#include "domain/rca/logs/severity.hpp"
#include "usecases/rca/log_file.hpp"

namespace nines::usecases {

struct LogTemplate {
  std::string id;
  std::string text;
  std::uint64_t count = 0;
  std::uint64_t first_line = 0;
  rca::LogLevel level = rca::LogLevel::unknown;  ///< the worst of its lines
  std::string component;                         ///< of its first line; empty when that names none
  std::optional<Instant> first_time;             ///< where its first line tells one
};

class LineTemplates;

struct LogTemplates {
  std::vector<LogTemplate> templates;  ///< in the order of their first lines
  std::vector<std::string> header;     ///< kinds of the fields before the message, in order
  std::uint64_t lines = 0;
  std::uint64_t headed = 0;  ///< lines with that header
  std::uint64_t cut = 0;     ///< lines of which only the begin was read
  bool saturated = false;    ///< the last template is that of all for which there was no room
  std::shared_ptr<const LineTemplates> by_line;  ///< null unless asked for
};

struct LogTemplatesRequest {
  LogFile file;
  Instant now;              ///< dates without a year lie in the twelve months before tomorrow
  Zone zone = Zone::utc();  ///< of times without an offset
  bool by_line = false;     ///< remember the template of every line
};

/// Reads the log once, in bounded memory. Throws Error: not_found, io, bad_data (compressed data
/// that is damaged).
NINES_EXPORT LogTemplates mine_log(const LogTemplatesRequest& request);

/// The template of every line, from the first on, until `each` says false.
NINES_EXPORT void each_line(const LogTemplates& log,
                            const std::function<bool(const LogTemplate&)>& each);

}  // namespace nines::usecases
