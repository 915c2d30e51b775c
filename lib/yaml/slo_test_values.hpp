// The values an SLOTest is written in: offsets, rates and shares.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "domain/alert/traffic.hpp"

namespace nines::yaml {

/// "6h30m"; empty on anything else.
std::optional<alert::Tick> test_millis(std::string_view text);
/// "100/s", "0.5/m": at most alert::kMostRate.
std::optional<alert::NanoRate> test_rate(std::string_view text);
/// "2026-03-01T00:00:00Z": a whole minute, in seconds since the epoch.
std::optional<std::int64_t> test_begin(std::string_view text);
/// "0.05%", from 0 to 100.
std::optional<alert::Share> test_share(std::string_view text);
/// "99.9%", "-20%": the number before the sign.
std::optional<Decimal> test_percent(std::string_view text);

}  // namespace nines::yaml
