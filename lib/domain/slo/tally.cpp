// Sums events and slices in whole numbers.
#include "domain/slo/tally.hpp"

#include <algorithm>
#include <cassert>

namespace nines::slo {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t at_mean_rate(std::uint64_t events, std::uint64_t known, std::uint64_t missing) {
  if (known == 0) return 0;
  return static_cast<std::uint64_t>(static_cast<Wide>(events) * missing / known);
}

Tally tally_events(const Measure& m, std::int64_t from, std::int64_t to) {
  const auto sum = m.reader.sum(m.series, from, to);
  Tally t;
  t.good = std::min(sum.good, sum.total);
  t.total = t.events = sum.total;
  t.bad_events = t.total - t.good;
  t.expected = static_cast<std::uint64_t>(to - from);
  t.known = std::min(sum.observed_minutes, t.expected);
  if (m.missing == MissingData::exclude) return t;
  const auto before = static_cast<std::uint64_t>(std::clamp(m.measured_from, from, to) - from);
  const auto missing = t.expected - t.known;
  t.imputed = at_mean_rate(t.events, t.known, missing - std::min(before, missing));
  t.total += t.imputed;
  if (m.missing == MissingData::good) t.good += t.imputed;
  return t;
}

struct Slice {
  std::int64_t index = -1;
  std::uint64_t good = 0;
  std::uint64_t total = 0;

  bool is_good(const Measure& m) const {
    return m.slice_target.value_or(Ratio{}).met_by(good, total);
  }
};

std::int64_t slice_length(const Measure& m) { return std::max<std::int64_t>(1, m.slice.count()); }

std::uint64_t slice_count(const Measure& m, std::int64_t from, std::int64_t to) {
  const auto step = slice_length(m);
  return static_cast<std::uint64_t>((to - from + step - 1) / step);
}

/// Calls `visit(slice)` for each slice of [from, to) with data, in order.
template <typename Visit>
void each_slice(const Measure& m, std::int64_t from, std::int64_t to, Visit&& visit) {
  const auto step = slice_length(m);
  Slice slice;
  for (const auto& minute : m.reader.minutes(m.series, from, to)) {
    if (!minute.observed && minute.total == 0) continue;
    const auto index = (minute.minute - from) / step;
    if (index != slice.index) {
      if (slice.index >= 0) visit(slice);
      slice = {index, 0, 0};
    }
    slice.good += std::min(minute.good, minute.total);
    slice.total += minute.total;
  }
  if (slice.index >= 0) visit(slice);
}

void count_slice(Tally& t, const Measure& m, const Slice& slice) {
  ++t.known;
  if (slice.total == 0) return;
  ++t.total;
  t.events += slice.total;
  t.bad_events += slice.total - slice.good;
  if (t.ratios)
    t.ratios->add(slice.good, slice.total);
  else if (slice.is_good(m))
    ++t.good;
}

void impute_slices(Tally& t, const Measure& m, std::int64_t from, std::int64_t to) {
  if (m.missing == MissingData::exclude) return;
  const auto begun = std::clamp(m.measured_from, from, to);
  const auto before =
      begun == to ? t.expected : static_cast<std::uint64_t>((begun - from) / slice_length(m));
  t.imputed = t.expected - t.known - std::min(before, t.expected - t.known);
  t.total += t.imputed;
  const bool good = m.missing == MissingData::good;
  if (t.ratios && good) t.ratios->add_whole(t.imputed);
  if (t.ratios && !good) t.ratios->add_zero(t.imputed);
  if (!t.ratios && good) t.good += t.imputed;
}

Tally tally_slices(const Measure& m, std::int64_t from, std::int64_t to) {
  Tally t;
  if (m.method == BudgetingMethod::ratio_timeslices) t.ratios.emplace();
  t.expected = slice_count(m, from, to);
  each_slice(m, from, to, [&](const Slice& slice) { count_slice(t, m, slice); });
  impute_slices(t, m, from, to);
  return t;
}

}  // namespace

double Tally::good_units() const { return ratios ? ratios->sum() : static_cast<double>(good); }

std::optional<double> Tally::sli() const {
  if (empty()) return std::nullopt;
  return good_units() / static_cast<double>(total);
}

bool Tally::meets(const Ratio& target) const {
  assert(!empty());
  return ratios ? ratios->mean_at_least(target) : target.met_by(good, total);
}

double Tally::coverage() const {
  if (expected == 0) return 0;
  return static_cast<double>(known) / static_cast<double>(expected);
}

std::uint64_t Tally::missing_units() const {
  if (missing != MissingData::exclude) return 0;
  return in_slices ? expected - known : at_mean_rate(events, known, expected - known);
}

bool Tally::settled(const Ratio& target) const {
  if (empty()) return false;
  const auto gap = missing_units();
  if (gap == 0) return true;
  Tally best = *this, worst = *this;
  best.total += gap;
  worst.total += gap;
  if (ratios) {
    best.ratios->add_whole(gap);
    worst.ratios->add_zero(gap);
  } else {
    best.good += gap;
  }
  return best.meets(target) == worst.meets(target);
}

std::vector<SliceState> slice_states(const Measure& measure, std::int64_t from, std::int64_t to) {
  to = std::max(from, to);
  std::vector<SliceState> states(slice_count(measure, from, to), SliceState::missing);
  each_slice(measure, from, to, [&](const Slice& slice) {
    auto& state = states[static_cast<std::size_t>(slice.index)];
    if (slice.total == 0)
      state = SliceState::empty;
    else
      state = slice.is_good(measure) ? SliceState::good : SliceState::bad;
  });
  return states;
}

Tally tally(const Measure& measure, std::int64_t from, std::int64_t to) {
  to = std::max(from, to);
  auto result =
      measure.in_slices() ? tally_slices(measure, from, to) : tally_events(measure, from, to);
  result.missing = measure.missing;
  result.in_slices = measure.in_slices();
  return result;
}

}  // namespace nines::slo
