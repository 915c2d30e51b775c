// Carries remainders along, as a cashier does with fractions of a cent.
#include "domain/series/whole_counts.hpp"

#include <algorithm>
#include <cmath>

namespace nines::series {
namespace {

constexpr double kMost = 9e15;  ///< above, a double no longer tells neighbouring counts apart

/// The whole part of what is due, between 0 and `most`; `due` keeps the rest.
std::uint64_t take_whole(double& due, double most) {
  const double whole = std::clamp(std::floor(due + 0.5), 0.0, std::max(0.0, most));
  due -= whole;
  return static_cast<std::uint64_t>(whole);
}

}  // namespace

WholeCounts whole_counts(const MinuteIncrements& in) {
  WholeCounts out;
  out.minutes.resize(in.total.size());
  double first_due = 0;
  double total_due = 0;
  for (std::size_t i = 0; i < in.total.size(); ++i) {
    total_due = std::min(total_due + in.total[i], kMost);
    first_due = std::min(first_due + in.first[i], kMost);
    MinuteSlot& slot = out.minutes[i];
    slot.total = take_whole(total_due, kMost);
    const auto first = take_whole(first_due, static_cast<double>(slot.total));
    slot.good = in.first_is_bad ? slot.total - first : first;
  }
  out.unplaced = std::max(0.0, first_due);
  return out;
}

std::vector<WatchGap> gaps_in(const std::vector<bool>& watched) {
  std::vector<WatchGap> gaps;
  bool before = false;
  for (std::size_t i = 0; i < watched.size(); ++i) {
    if (watched[i]) {
      if (!gaps.empty() && gaps.back().end == 0) gaps.back().end = i;
      before = true;
    } else if (before && (gaps.empty() || gaps.back().end != 0)) {
      gaps.push_back({i, 0});
    }
  }
  if (!gaps.empty() && gaps.back().end == 0) gaps.pop_back();
  return gaps;
}

}  // namespace nines::series
