// Sums events and slices in whole numbers.
#include "domain/slo/tally.hpp"

#include <algorithm>
#include <cassert>

#include "base/wide.hpp"
#include "domain/slo/slices.hpp"

namespace nines::slo {
namespace {

std::uint64_t at_mean_rate(std::uint64_t events, std::uint64_t known, std::uint64_t missing) {
  if (known == 0) return 0;
  return static_cast<std::uint64_t>(static_cast<WideUnsigned>(events) * missing / known);
}

std::uint64_t less(std::uint64_t a, std::uint64_t b) { return a - std::min(a, b); }

Tally tally_events(const Measure& m, std::int64_t from, std::int64_t to) {
  const auto sum = counts_of(m, from, to);
  Tally t;
  t.good = std::min(sum.good, sum.total);
  t.total = t.events = sum.total;
  t.bad_events = t.total - t.good;
  t.expected = static_cast<std::uint64_t>(to - from - excluded_minutes(m, from, to));
  t.known = std::min(sum.observed_minutes, t.expected);
  if (m.missing == MissingData::exclude) return t;
  const auto begun = std::clamp(m.measured_from, from, to);
  const auto before = static_cast<std::uint64_t>(begun - from - excluded_minutes(m, from, begun));
  t.imputed = at_mean_rate(t.events, t.known, less(t.expected - t.known, before));
  t.total += t.imputed;
  if (m.missing == MissingData::good) t.good += t.imputed;
  return t;
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
  const auto whole = (begun - from) / slice_length(m);  // slices that were over before measuring
  const auto before =
      static_cast<std::uint64_t>(whole) - excluded_slices(m, from, from + whole * slice_length(m));
  t.imputed = less(t.expected - t.known, begun == to ? t.expected : before);
  t.total += t.imputed;
  const bool good = m.missing == MissingData::good;
  if (t.ratios && good) t.ratios->add_whole(t.imputed);
  if (t.ratios && !good) t.ratios->add_zero(t.imputed);
  if (!t.ratios && good) t.good += t.imputed;
}

Tally tally_slices(const Measure& m, std::int64_t from, std::int64_t to) {
  Tally t;
  if (m.method == BudgetingMethod::ratio_timeslices) t.ratios.emplace();
  t.expected = slice_count(m, from, to) - excluded_slices(m, from, to);
  each_slice(m, from, to, [&](const Slice& slice) { count_slice(t, m, slice); });
  impute_slices(t, m, from, to);
  return t;
}

Tally tally_joined(const Measure& m, std::int64_t from, std::int64_t to) {
  Tally t;
  for (const auto& fact : slice_facts(m, from, to)) {
    if (fact.state == SliceState::excluded) continue;
    ++t.expected;
    if (fact.state != SliceState::missing && !fact.imputed) ++t.known;
    if (fact.imputed) ++t.imputed;
    if (fact.doubtful) ++t.doubtful;
    if (fact.counts()) ++t.total;
    if (fact.state == SliceState::good) ++t.good;
  }
  return t;
}

Tally count(const Measure& m, std::int64_t from, std::int64_t to) {
  if (!m.joined.empty()) return tally_joined(m, from, to);
  return m.in_slices() ? tally_slices(m, from, to) : tally_events(m, from, to);
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

Tally Tally::at_best() const {
  auto best = *this;
  const auto gap = missing_units();
  best.total += gap;
  if (ratios)
    best.ratios->add_whole(gap);
  else
    best.good += gap;
  return best;
}

Tally Tally::at_worst() const {
  auto worst = *this;
  const auto gap = missing_units();
  worst.total += gap;
  if (ratios) worst.ratios->add_zero(gap);
  worst.good -= std::min(doubtful, good);
  return worst;
}

bool Tally::settled(const Ratio& target) const {
  if (empty()) return false;
  if (missing_units() == 0 && doubtful == 0) return true;
  return at_best().meets(target) == at_worst().meets(target);
}

Tally tally(const Measure& measure, std::int64_t from, std::int64_t to) {
  to = std::max(from, to);
  auto result = count(measure, from, to);
  result.missing = measure.missing;
  result.in_slices = measure.in_slices();
  return result;
}

}  // namespace nines::slo
