// Reads the times people type, strictly: what is not understood is an error, never "now".
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace nines {

struct TimeInputRules {
  Instant now;
  Zone zone = Zone::utc();  ///< of local times without a zone of their own
  bool allow_future = false;
  enum class Fold { refuse, earlier, later } fold = Fold::refuse;  ///< for a DST overlap
};

struct TimeInput {
  Instant at;
  Precision precision;  ///< `minute` when no seconds were given
  std::string zone;     ///< zone or offset the text was read in
};

/// Grammar of nines-time(7): RFC 3339; `2026-11-23 09:14`; `09:14`; `yesterday 22:00`; `mon 14:00`;
/// `10m ago`; `-10m`; `now`; `@epoch`; `2026-W47`; `2026-Q4`; each with an optional zone suffix.
/// Throws Error{usage} with both candidates for a gap or overlap, and with what is accepted else.
TimeInput parse_time_input(std::string_view text, const TimeInputRules& rules);

/// "09:14 -> 2026-11-23T09:14:00+01:00 (12m ago)".
std::string echo_time(std::string_view text, const TimeInput& input, const TimeInputRules& rules);

}  // namespace nines
