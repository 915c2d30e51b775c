// Places the periods and the weekly windows of a freeze on the UTC axis.
#include "domain/remediate/freeze.hpp"

#include <algorithm>

namespace nines::remediate {

std::vector<GateFreeze> freeze_spans(const ChangeFreeze& freeze, const Zone& zone,
                                     const catalog::InstantSpan& within) {
  std::vector<catalog::InstantSpan> spans;
  for (const auto& period : freeze.periods) spans.push_back(catalog::place_shift(zone, period));
  for (const auto& span : catalog::open_spans(freeze.weekly, zone, within)) spans.push_back(span);
  std::vector<GateFreeze> placed;
  for (const auto& span : spans)
    if (span.from < within.to && within.from < span.to)
      placed.push_back(
          {freeze.name, freeze.why, freeze.services, freeze.exempt, span.from, span.to});
  std::stable_sort(placed.begin(), placed.end(),
                   [](const GateFreeze& a, const GateFreeze& b) { return a.from < b.from; });
  return placed;
}

}  // namespace nines::remediate
