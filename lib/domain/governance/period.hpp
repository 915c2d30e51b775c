// The stretch of time a report is about, as people name it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/slo/window.hpp"

namespace nines::governance {

struct ReportPeriod {
  std::string label;  ///< "2026 Q3", "2026-09", "2026", or "2026-07-01 to 2026-09-15"
  slo::Period span;

  double days() const;
};

enum class PeriodStep { month, quarter, year };

/// "2026Q3" (also "2026-Q3", "2026 q3"), "2026-09", "2026". Its ends are midnights of `place`'s
/// zone. Empty on anything else.
std::optional<ReportPeriod> parse_period(std::string_view text, const slo::PlaceLocal& place);
/// Two instants, labelled by their days in UTC. Empty unless from < to.
std::optional<ReportPeriod> period_between(Instant from, Instant to);

/// The calendar period of this length that holds `at`.
ReportPeriod period_holding(Instant at, PeriodStep step, const Zone& zone);
/// The one before: of a month, quarter or year the calendar one, else the equal stretch before.
ReportPeriod period_before(const ReportPeriod& period, const Zone& zone);
/// `count` periods, oldest first, of which `last` is the last.
std::vector<ReportPeriod> periods_up_to(const ReportPeriod& last, int count, const Zone& zone);

}  // namespace nines::governance
