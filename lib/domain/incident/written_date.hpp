// Dates in prose: numbers, or a day beside the name of a month.
#pragma once

#include <optional>

#include "domain/incident/text_scan.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident {

/// 2026-11-23, 2026/11/23; 11-23-2026 where only one of both can be the month. Moves `scan` behind
/// what it read.
std::optional<WrittenDate> numeric_date(Scan& scan);
/// "November 23rd, 2026", "23 November 2026", "Tuesday, 23rd of November".
std::optional<WrittenDate> named_date(Scan& scan);

}  // namespace nines::incident
