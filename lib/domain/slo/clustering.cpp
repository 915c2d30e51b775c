// Sums blocks of time and compares how they scatter with how independent events would.
#include "domain/slo/clustering.hpp"

#include <algorithm>
#include <cmath>

#include "domain/slo/slices.hpp"

namespace nines::slo {
namespace {

constexpr std::int64_t kBlockDay = 1440, kHour = 60;

std::int64_t block_at(std::int64_t minute, std::int64_t length) {
  return minute >= 0 ? minute / length : -((length - 1 - minute) / length);
}

void add_events(Blocks& into, const Measure& m, std::int64_t from, std::int64_t to) {
  const auto length = into.length.count();
  for (auto start = from; start < to;) {
    const auto end = std::min(to, (block_at(start, length) + 1) * length);
    const auto counts = counts_of(m, start, end);
    const auto good = std::min(counts.good, counts.total);
    into.blocks.push_back(
        {static_cast<double>(counts.total - good), static_cast<double>(counts.total)});
    start = end;
  }
}

/// A slice belongs to the block it begins in.
void add_slices(Blocks& into, const Measure& m, std::int64_t from, std::int64_t to) {
  const auto length = into.length.count(), first = block_at(from, length);
  into.blocks.resize(static_cast<std::size_t>(block_at(to - 1, length) - first + 1));
  const auto add = [&](std::int64_t index, double bad) {
    const auto at = block_at(from + index * slice_length(m), length) - first;
    auto& block = into.blocks[static_cast<std::size_t>(at)];
    block.bad += bad;
    ++block.total;
  };
  if (!m.joined.empty()) {
    std::int64_t index = 0;
    for (const auto& fact : slice_facts(m, from, to)) {
      if (fact.counts() && !fact.imputed) add(index, fact.state == SliceState::bad ? 1 : 0);
      ++index;
    }
    return;
  }
  each_slice(m, from, to, [&](const Slice& slice) {
    if (slice.total == 0) return;
    const double share = static_cast<double>(slice.good) / static_cast<double>(slice.total);
    const bool ratios = m.method == BudgetingMethod::ratio_timeslices;
    add(slice.index, ratios ? 1 - share : slice.is_good(m) ? 0 : 1);
  });
}

Block sum_of(const Blocks& blocks) {
  Block sum;
  for (const auto& block : blocks.blocks) {
    sum.bad += block.bad;
    sum.total += block.total;
  }
  return sum;
}

/// Sum over blocks of square(bad_k - p n_k) / N^2: each block's part in the error of the rate.
std::vector<double> deviations(const Blocks& blocks) {
  const auto sum = sum_of(blocks);
  std::vector<double> parts(blocks.blocks.size(), 0);
  if (sum.total <= 0) return parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& block = blocks.blocks[i];
    parts[i] = (block.bad - sum.bad / sum.total * block.total) / sum.total;
  }
  return parts;
}

double squares(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum;
}

}  // namespace

Blocks blocks_of(const Measure& measure, std::int64_t from, std::int64_t to) {
  Blocks blocks;
  if (to <= from) return blocks;
  const auto days = block_at(to - 1, kBlockDay) - block_at(from, kBlockDay) + 1;
  blocks.length =
      std::chrono::minutes{days >= static_cast<std::int64_t>(kFewestBlocks) ? kBlockDay : kHour};
  if (measure.in_slices())
    add_slices(blocks, measure, from, to);
  else
    add_events(blocks, measure, from, to);
  return blocks;
}

std::optional<Clustering> clustering_of(const Blocks& blocks) {
  const auto sum = sum_of(blocks);
  const auto used =
      static_cast<std::size_t>(std::count_if(blocks.blocks.begin(), blocks.blocks.end(),
                                             [](const Block& block) { return block.total > 0; }));
  if (used < kFewestBlocks || sum.bad <= 0 || sum.bad >= sum.total) return std::nullopt;
  const double rate = sum.bad / sum.total;
  const double count = static_cast<double>(used);
  const double variance = squares(deviations(blocks)) * count / (count - 1);
  const double effective = rate * (1 - rate) / variance;
  return Clustering{blocks.length, used,
                    std::isfinite(effective) ? std::min(effective, sum.total) : sum.total};
}

double joint_spread(std::span<const Blocks> parts, std::span<const double> factors) {
  std::vector<double> joint;
  double apart = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    auto own = deviations(parts[p]);
    for (auto& value : own) value *= factors[p];
    apart += squares(own);
    joint.resize(std::max(joint.size(), own.size()), 0);
    for (std::size_t i = 0; i < own.size(); ++i) joint[i] += own[i];
  }
  return apart > 0 ? std::max(1.0, std::sqrt(squares(joint) / apart)) : 1;
}

}  // namespace nines::slo
