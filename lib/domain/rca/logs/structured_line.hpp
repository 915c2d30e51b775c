// Log lines that name their fields: JSON objects, and key=value pairs (logfmt).
#pragma once

#include <string_view>

#include "domain/rca/logs/header.hpp"

namespace nines::rca {

/// Whether the line is one JSON object with a message in it, by a look at its members.
bool is_json_line(std::string_view line);
/// Whether the line holds a "msg=" or "message=" among pairs of keys and values.
bool is_logfmt_line(std::string_view line);

/// The message, time, level, component and host by the names that loggers give them. Texts stay as
/// they are written, with their escapes. A line without a message is all message, and not headed.
LineParts split_json_line(std::string_view line);
LineParts split_logfmt_line(std::string_view line);

}  // namespace nines::rca
