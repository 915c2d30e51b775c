// The figures of several periods side by side.
#pragma once

#include "base/export.hpp"
#include "domain/governance/trend.hpp"
#include "usecases/report/quarter.hpp"

namespace nines::usecases {

struct TrendRequest {
  ReportRequest last = {};  ///< the last of the periods; without any, the last that is over
  governance::PeriodStep step = governance::PeriodStep::quarter;  ///< where none is named
  int count = 6;                                                  ///< periods, 2 to 24
};

/// As make_report: a function of the store and the periods. `period` of the result is the last one,
/// `before` the first.
NINES_EXPORT governance::Report make_trend(const Session& session, const TrendRequest& request);

}  // namespace nines::usecases
