// A UTC day as people write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace nines {

/// "2026-12-24", exactly, a day that exists; empty on anything else.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);

}  // namespace nines
