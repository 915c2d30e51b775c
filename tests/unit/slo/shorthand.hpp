// Times and shares as the tests of SLOs write them.
#pragma once

#include <string_view>

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace nines::test {

inline Instant at(std::string_view text) { return *parse_rfc3339(text); }
inline Ratio percent(const char* text) { return *Ratio::percent(*Decimal::parse(text)); }
/// The local time of UTC.
inline Instant utc(LocalTime local) { return Instant{local.time_since_epoch()}; }

}  // namespace nines::test
