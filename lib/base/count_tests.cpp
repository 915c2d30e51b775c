// Closed forms; the chi-square tail with one degree of freedom is erfc(sqrt(x/2)).
#include "base/count_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nines::stats {
namespace {

/// observed * ln(observed / expected); 0 for nothing observed.
double term(double observed, double expected) {
  return observed > 0 ? observed * std::log(observed / expected) : 0;
}

}  // namespace

double g_statistic(const TwoShares& counts) {
  const auto a = static_cast<double>(counts.first);
  const auto b = static_cast<double>(counts.second);
  const auto a_all = static_cast<double>(counts.first_total);
  const auto b_all = static_cast<double>(counts.second_total);
  if (a_all <= 0 || b_all <= 0) return 0;
  const double share = (a + b) / (a_all + b_all);
  const double rest = 1 - share;
  const double sum = term(a, a_all * share) + term(a_all - a, a_all * rest) +
                     term(b, b_all * share) + term(b_all - b, b_all * rest);
  return std::max(0.0, 2 * sum);
}

double g_test_p(double g) { return std::erfc(std::sqrt(std::max(0.0, g) / 2)); }

double signed_root_g(const TwoShares& counts) {
  const double root = std::sqrt(g_statistic(counts));
  const bool fell = static_cast<double>(counts.second) * static_cast<double>(counts.first_total) <
                    static_cast<double>(counts.first) * static_cast<double>(counts.second_total);
  return fell ? -root : root;
}

double jeffreys_log_odds(const TwoShares& counts) {
  const auto odds = [](std::uint64_t seen, std::uint64_t all) {
    return std::log((static_cast<double>(seen) + 0.5) / (static_cast<double>(all - seen) + 0.5));
  };
  return odds(counts.second, counts.second_total) - odds(counts.first, counts.first_total);
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size());
  double least = 1;
  for (std::size_t i = order.size(); i > 0; --i) {
    const double scaled = p[order[i - 1]] * static_cast<double>(p.size()) / static_cast<double>(i);
    least = std::min(least, scaled);
    adjusted[order[i - 1]] = least;
  }
  return adjusted;
}

}  // namespace nines::stats
