// Log lines of the syslog protocol (RFC 5424), and the priority that older ones begin with.
#pragma once

#include <string_view>

#include "domain/rca/logs/header.hpp"

namespace nines::rca {

/// "<165>1 2003-10-11T22:14:15.003Z host app 42 ID47 [data] message", by all its fields.
bool is_syslog_line(std::string_view line);

/// Its message, else its structured data; level by the priority, component by the application. A
/// line of another kind is all message, and not headed.
LineParts split_syslog_line(std::string_view line);

/// "<34>" ahead of anything: facility times 8, and the severity.
struct Priority {
  std::size_t size = 0;  ///< 0 = the text begins with none
  LogLevel level = LogLevel::unknown;
};
Priority priority_at(std::string_view text);

}  // namespace nines::rca
