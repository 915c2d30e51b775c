// Classes by counts and by the adjusted p value; the thresholds stand in the header.
#include "domain/rca/logs/shift.hpp"

#include <algorithm>

namespace nines::rca {
namespace {

ShiftKind kind_of(const stats::TwoShares& counts, bool significant) {
  if (counts.first == 0 && counts.second > 0) return ShiftKind::fresh;
  if (counts.second == 0 && counts.first > 0) return ShiftKind::vanished;
  if (!significant) return ShiftKind::steady;
  const double before = static_cast<double>(counts.first) / static_cast<double>(counts.first_total);
  const double after =
      static_cast<double>(counts.second) / static_cast<double>(counts.second_total);
  if (after >= kSurgeFactor * before) return ShiftKind::surged;
  if (before >= kSurgeFactor * after) return ShiftKind::dropped;
  return ShiftKind::changed;
}

}  // namespace

std::string_view to_string(ShiftKind kind) {
  switch (kind) {
    case ShiftKind::fresh:
      return "new";
    case ShiftKind::vanished:
      return "vanished";
    case ShiftKind::surged:
      return "surged";
    case ShiftKind::dropped:
      return "dropped";
    case ShiftKind::changed:
      return "changed";
    case ShiftKind::steady:
      return "steady";
  }
  return "";
}

std::vector<Shift> judge_shifts(std::span<const stats::TwoShares> counts) {
  std::vector<Shift> shifts(counts.size());
  std::vector<double> p(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    shifts[i].root_g = stats::signed_root_g(counts[i]);
    shifts[i].log_odds = stats::jeffreys_log_odds(counts[i]);
    p[i] = shifts[i].p = stats::g_test_p(shifts[i].root_g * shifts[i].root_g);
  }
  const auto q = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    shifts[i].q = q[i];
    shifts[i].significant = q[i] <= kFalseDiscovery;
    shifts[i].kind = kind_of(counts[i], shifts[i].significant);
  }
  return shifts;
}

double weight_of(LogLevel level) {
  switch (level) {
    case LogLevel::error:
    case LogLevel::fatal:
      return 2;
    case LogLevel::warning:
      return 1.5;
    default:
      return 1;
  }
}

std::optional<std::uint64_t> fewest_new_lines(std::uint64_t first_total, std::uint64_t second_total,
                                              std::size_t tests) {
  const double least = kFalseDiscovery / static_cast<double>(std::max<std::size_t>(tests, 1));
  const auto found = [&](std::uint64_t count) {
    const stats::TwoShares counts{0, first_total, count, second_total};
    return stats::g_test_p(stats::g_statistic(counts)) <= least;
  };
  if (first_total == 0 || second_total == 0 || !found(second_total)) return std::nullopt;
  std::uint64_t low = 0, high = second_total;  // not found, found
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (found(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace nines::rca
