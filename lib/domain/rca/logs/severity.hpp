// The words by which programs say how bad a log line is.
#pragma once

#include <cstdint>
#include <string_view>

namespace nines::rca {

enum class LogLevel : std::uint8_t { unknown, debug, info, warning, error, fatal };

std::string_view to_string(LogLevel level);

/// "WARN", "Warning", "notice", "E" and their kin, in any case; one letter only as a capital.
/// Unknown for any other word.
LogLevel log_level_of(std::string_view word);

/// The worst level that the words of a message hint at, where its header has none: "error",
/// "exception", "timed out". Unknown when none does.
LogLevel level_hinted(std::string_view message);

}  // namespace nines::rca
