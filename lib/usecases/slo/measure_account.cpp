// Counts what is known, and says what is not.
#include "usecases/slo/measure_account.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::usecases {
namespace {

constexpr std::size_t kShownGaps = 10;

std::uint64_t whole(double value) {
  return value > 0 ? static_cast<std::uint64_t>(std::llround(std::min(value, 9e15))) : 0;
}

}  // namespace

void add_to_account(MeasuredRule& account, AccountState& state, const RuleAnswer& answer,
                    const series::WholeCounts& counts, MinuteRange range) {
  if (range.begin != state.end) state.last_watched.reset();
  state.end = range.end;
  account.minutes += static_cast<std::uint64_t>(range.end - range.begin);
  account.resets += answer.resets;
  account.born += answer.born;
  account.born_total += whole(answer.born_total);
  account.born_bad += whole(answer.counts.first_is_bad ? answer.born_first
                                                       : answer.born_total - answer.born_first);
  for (std::size_t i = 0; i < counts.minutes.size(); ++i) {
    const auto& slot = counts.minutes[i];
    account.good += slot.good;
    account.total += slot.total;
    if (!answer.watched[i]) continue;
    ++account.watched;
    const auto minute = range.begin + static_cast<std::int64_t>(i);
    if (state.last_watched && minute > *state.last_watched + 1) {
      const auto length = static_cast<std::uint64_t>(minute - *state.last_watched - 1);
      ++account.gap_count;
      account.gap_minutes += length;
      account.gaps.push_back({from_epoch_minute(*state.last_watched + 1), from_epoch_minute(minute),
                              slot.total - slot.good, answer.restarted[i]});
    }
    state.last_watched = minute;
  }
  if (!account.from || from_epoch_minute(range.begin) < *account.from)
    account.from = from_epoch_minute(range.begin);
  if (!account.to || from_epoch_minute(range.end) > *account.to)
    account.to = from_epoch_minute(range.end);
}

void close_account(MeasuredRule& a) {
  const auto length = [](const MeasuredGap& gap) { return gap.to - gap.from; };
  const bool lost = std::any_of(a.gaps.begin(), a.gaps.end(),
                                [](const MeasuredGap& gap) { return gap.restarted; });
  if (a.gaps.size() > kShownGaps) {
    std::nth_element(a.gaps.begin(), a.gaps.begin() + kShownGaps, a.gaps.end(),
                     [&](const auto& x, const auto& y) { return length(x) > length(y); });
    a.gaps.resize(kShownGaps);
    std::sort(a.gaps.begin(), a.gaps.end(),
              [](const auto& x, const auto& y) { return x.from < y.from; });
  }
  if (a.silent > 0)
    a.reasons.push_back(fmt::format(
        "the engine has no sample at all of {}: nothing is known of that time, which is not the "
        "same as nothing bad",
        count_of(a.silent, "minute")));
  if (a.resets > 0)
    a.reasons.push_back(fmt::format(
        "{}: what was counted between the last scrape and the restart is lost, up to one scrape "
        "interval each; a process that dies of its errors takes them along",
        count_of(a.resets, "counter began again from zero", "counters began again from zero")));
  if (a.born > 0)
    a.reasons.push_back(fmt::format(
        "{} with {} ({} bad) on it: counted as from zero, where increase() leaves them out",
        count_of(a.born, "series appeared", "series appeared"), count_of(a.born_total, "event"),
        group_digits(a.born_bad)));
  if (a.gap_count > 0)
    a.reasons.push_back(fmt::format(
        "{} without samples, {} in all: {}", count_of(a.gap_count, "gap"),
        count_of(a.gap_minutes, "minute"),
        !a.has_counters ? "longer than the silence that is normal here, so they are not watched"
        : lost ? "after some of them counters began again, and what they had counted is lost"
             : "counters went on, so their events are counted, at the end of each gap"));
}

}  // namespace nines::usecases
