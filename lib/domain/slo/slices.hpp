// The slices of a stretch of time, one by one: what is known of each, and what it counts as.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/slo/measure.hpp"

namespace nines::slo {

/// In the order in which one member of a composite overrules another.
enum class SliceState : std::uint8_t {
  excluded,  ///< all its minutes are excluded
  missing,   ///< not observed
  empty,     ///< observed without traffic
  good,
  bad
};

struct SliceFact {
  SliceState state = SliceState::missing;  ///< with missing data counted as the SLO says
  bool imputed = false;                    ///< the state stands for missing data
  bool doubtful = false;  ///< good as far as known, but a member without data could make it bad

  bool counts() const { return state >= SliceState::good; }
};

inline std::int64_t slice_length(const Measure& m) {
  return m.slice.count() < 1 ? 1 : m.slice.count();
}

/// Slices are laid from `from`; the last may be cut short by `to`.
inline std::uint64_t slice_count(const Measure& m, std::int64_t from, std::int64_t to) {
  const auto step = slice_length(m);
  return static_cast<std::uint64_t>((to - from + step - 1) / step);
}

struct Slice {
  std::int64_t index = -1;
  std::uint64_t good = 0;
  std::uint64_t total = 0;

  bool is_good(const Measure& m) const {
    return m.slice_target.value_or(Ratio{}).met_by(good, total);
  }
};

/// Calls `visit(slice)` for each slice of [from, to) with data, in order.
template <typename Visit>
void each_slice(const Measure& m, std::int64_t from, std::int64_t to, Visit&& visit) {
  const auto step = slice_length(m);
  Slice slice;
  for (const auto& minute : minutes_of(m, from, to)) {
    if (!minute.observed && minute.total == 0) continue;
    const auto index = (minute.minute - from) / step;
    if (index != slice.index) {
      if (slice.index >= 0) visit(slice);
      slice = {index, 0, 0};
    }
    slice.good += minute.good < minute.total ? minute.good : minute.total;
    slice.total += minute.total;
  }
  if (slice.index >= 0) visit(slice);
}

/// How many slices of [from, to) are excluded wholly.
std::uint64_t excluded_slices(const Measure& m, std::int64_t from, std::int64_t to);

/// Timeslices only: every slice of [from, to). A joined measure gives the worst of its members'.
std::vector<SliceFact> slice_facts(const Measure& m, std::int64_t from, std::int64_t to);

}  // namespace nines::slo
