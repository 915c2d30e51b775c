// Times and numbers as the tests of incidents write them.
#pragma once

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace nines::test {

inline const Instant kNine = *parse_rfc3339("2026-11-23T09:00:00Z");
inline Decimal d(const char* text) { return *Decimal::parse(text); }

}  // namespace nines::test
