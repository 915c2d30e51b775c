// What one answer adds to a rule's account: counts, gaps, restarts, series that came late.
#pragma once

#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {

/// Where an account stands between two ranges of one rule, which come in order of time.
struct AccountState {
  std::int64_t end = 0;  ///< of the range before: a gap is told within what one run measured
  std::optional<std::int64_t> last_watched;  ///< minute
};

/// Adds a range that was measured; `whole` are its counts as they are stored.
void add_to_account(MeasuredRule& account, AccountState& state, const RuleAnswer& answer,
                    const series::WholeCounts& whole, MinuteRange range);

/// Sorts the gaps, keeps the longest ten, and words what may be missing or explains a spread.
void close_account(MeasuredRule& account);

}  // namespace nines::usecases
