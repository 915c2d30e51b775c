// Whole events per minute from what an engine says, whose numbers need not be whole nor in step.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/series/day_part.hpp"

namespace nines::series {

/// What each minute brought, one after the other; the vectors are equally long.
struct MinuteIncrements {
  std::vector<double> first;  ///< good or bad events
  std::vector<double> total;
  bool first_is_bad = false;
};

struct WholeCounts {
  std::vector<MinuteSlot> minutes;
  double unplaced = 0;  ///< of `first`, that found no total to be part of by the end
};

/// Rounds with what is left over carried to the next minute, so that a sum is wrong by half an
/// event at most. Good (or bad) events that come a minute before their total wait for it. Negative
/// increments take from what follows.
WholeCounts whole_counts(const MinuteIncrements& increments);

/// Minutes without a watched one, between two watched ones.
struct WatchGap {
  std::size_t begin = 0;  ///< index of the first minute
  std::size_t end = 0;
};
std::vector<WatchGap> gaps_in(const std::vector<bool>& watched);

}  // namespace nines::series
