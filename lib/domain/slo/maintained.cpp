// Turns announced work into minutes, and reads the document's word on them.
#include "domain/slo/maintained.hpp"

#include <algorithm>

namespace nines::slo {

std::vector<MinuteSpan> excludable(const std::vector<PlannedStop>& stops) {
  using std::chrono::ceil;
  using std::chrono::minutes;
  std::vector<MinuteSpan> spans;
  for (const auto& stop : stops)
    if (stop.in_time)
      spans.push_back({epoch_minute(stop.when.from), epoch_minute(ceil<minutes>(stop.when.to))});
  return normalised(std::move(spans));
}

bool excludes_maintenance(const Slo& slo) { return slo.extra("maintenance") == "exclude"; }

}  // namespace nines::slo
