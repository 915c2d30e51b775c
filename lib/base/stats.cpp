// The one unit that includes Boost.Math.
#include "base/stats.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace nines::stats {
namespace {

namespace bm = boost::math;

/// Callers are domain code, which never throws: a value out of range ends in NaN or an infinity.
/// Boost computes in long double by default, which keeps counts beyond 10^15 right.
using Quiet = bm::policies::policy<bm::policies::domain_error<bm::policies::ignore_error>,
                                   bm::policies::pole_error<bm::policies::ignore_error>,
                                   bm::policies::overflow_error<bm::policies::ignore_error>,
                                   bm::policies::evaluation_error<bm::policies::ignore_error>>;

/// Both ends of the Wilson score interval at `z` standard errors, of a rate seen in `count`.
Interval wilson_at(double p, double count, double z) {
  assert(p >= 0 && p <= 1);
  if (!(count > 0)) return {0, 1};
  const double z2 = z * z;
  const double centre = (p + z2 / (2 * count)) / (1 + z2 / count);
  const double half =
      z * std::sqrt(p * (1 - p) / count + z2 / (4 * count * count)) / (1 + z2 / count);
  return {p <= 0 ? 0 : std::max(0.0, centre - half), p >= 1 ? 1 : std::min(1.0, centre + half)};
}

Interval wilson_at(std::uint64_t k, std::uint64_t n, double z) {
  assert(k <= n);
  if (n == 0) return {0, 1};
  const auto count = static_cast<double>(n);
  return wilson_at(static_cast<double>(k) / count, count, z);
}

Interval clopper_pearson_at(double k, double rest, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {k <= 0 ? 0 : bm::ibeta_inv(k, rest + 1, tail, Quiet{}),
          rest <= 0 ? 1 : bm::ibetac_inv(k + 1, rest, tail, Quiet{})};
}

}  // namespace

double normal_quantile(double probability) {
  return -std::sqrt(2.0) * bm::erfc_inv(2.0 * probability, Quiet{});
}

double binomial_at_most(std::uint64_t k, std::uint64_t n, double p) {
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  return bm::ibetac(static_cast<double>(k) + 1, static_cast<double>(n - k), p, Quiet{});
}

Interval wilson(std::uint64_t k, std::uint64_t n, double confidence) {
  return wilson_at(k, n, normal_quantile((1 + confidence) / 2));
}

Interval wilson_effective(double rate, double n, double confidence) {
  return wilson_at(rate, n, normal_quantile((1 + confidence) / 2));
}

double wilson_lower(std::uint64_t k, std::uint64_t n, double confidence) {
  return wilson_at(k, n, normal_quantile(confidence)).low;
}

double wilson_upper(std::uint64_t k, std::uint64_t n, double confidence) {
  return wilson_at(k, n, normal_quantile(confidence)).high;
}

Interval jeffreys(std::uint64_t k, std::uint64_t n, double confidence) {
  assert(k <= n);
  const double tail = (1 - confidence) / 2;
  const double a = static_cast<double>(k) + 0.5;
  const double b = static_cast<double>(n - k) + 0.5;
  return {k == 0 ? 0 : bm::ibeta_inv(a, b, tail, Quiet{}),
          k == n ? 1 : bm::ibetac_inv(a, b, tail, Quiet{})};
}

Interval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence) {
  assert(k <= n);
  return clopper_pearson_at(static_cast<double>(k), static_cast<double>(n - k), confidence);
}

Interval clopper_pearson_effective(double rate, double n, double confidence) {
  return clopper_pearson_at(rate * n, (1 - rate) * n, confidence);
}

Interval poisson_mean(std::uint64_t count, double confidence) {
  const double tail = (1 - confidence) / 2;
  const auto c = static_cast<double>(count);
  return {count == 0 ? 0 : bm::gamma_p_inv(c, tail, Quiet{}),
          bm::gamma_q_inv(c + 1, tail, Quiet{})};
}

double probability_at_least(std::uint64_t good, std::uint64_t bad, double target) {
  if (target <= 0) return 1;
  if (target >= 1) return 0;
  return bm::ibetac(static_cast<double>(good) + 0.5, static_cast<double>(bad) + 0.5, target,
                    Quiet{});
}

std::uint64_t zero_failure_events(double target, double confidence) {
  if (target <= 0) return 0;
  if (target >= 1) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(std::ceil(std::log1p(-confidence) / std::log(target)));
}

double student_two_sided(double t, double freedom) {
  if (!(freedom > 0) || std::isnan(t)) return 1;
  return bm::ibeta(freedom / 2, 0.5, freedom / (freedom + t * t), Quiet{});
}

double f_above(double f, double above, double below) {
  if (!(above > 0) || !(below > 0) || !(f > 0)) return 1;
  return bm::ibeta(below / 2, above / 2, below / (below + above * f), Quiet{});
}

}  // namespace nines::stats
