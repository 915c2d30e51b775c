// What a definition would have said at the end of each day of a stored history.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/slo/assess.hpp"

namespace nines::slo {

/// One objective, looked back on.
struct Hindsight {
  Assessment last;          ///< at the end of the history
  std::int64_t days = 0;    ///< ends of days at which there was a verdict, met or missed
  std::int64_t missed = 0;  ///< of them, those that missed the target
};

/// One per assessment that `assess` gives, judged at each midnight UTC within `history` and at its
/// end; `options.at` is not read. A day whose window holds no data, or had not started, is not
/// counted. The cost is one assessment per day.
std::vector<Hindsight> look_back(const Slo& slo, const series::Reader& reader,
                                 const SeriesOf& series, AssessOptions options,
                                 const Period& history);

}  // namespace nines::slo
