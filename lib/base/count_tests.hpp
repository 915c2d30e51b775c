// Tests on counts: whether a share changed between two samples, and how many such findings to trust.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nines::stats {

/// How often something was seen among all that was looked at, in a first and a second sample.
struct TwoShares {
  std::uint64_t first = 0;
  std::uint64_t first_total = 0;
  std::uint64_t second = 0;
  std::uint64_t second_total = 0;
};

/// The G statistic (likelihood ratio, Woolf 1957) of the 2x2 table, without continuity correction;
/// 0 when either sample is empty.
double g_statistic(const TwoShares& counts);
/// P(G or more) when the shares are equal: chi-square with one degree of freedom.
double g_test_p(double g);
/// The root of G, negative when the share fell: comparable with a standard normal deviate.
double signed_root_g(const TwoShares& counts);
/// ln of the odds ratio, second against first, with 1/2 added to each of the four cells (Jeffreys'
/// prior), so that it is finite for counts of 0.
double jeffreys_log_odds(const TwoShares& counts);

/// Adjusted p values (Benjamini and Hochberg 1995), in the order given: those at or below 0.05 are
/// findings of which one of twenty is expected to be false.
std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace nines::stats
