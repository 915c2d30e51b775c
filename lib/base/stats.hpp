// Interval estimates and probabilities for counts, by Boost.Math.
#pragma once

#include <cstdint>

namespace nines::stats {

struct Interval {
  double low;
  double high;
};

/// Wilson score interval for k of n at two-sided `confidence`; n = 0 gives {0, 1}.
/// Formula: Wilson 1927; k = 0 and k = n end at exactly 0 and 1.
Interval wilson(std::uint64_t k, std::uint64_t n, double confidence = 0.95);
/// The same for a sample that carries as much as `n` independent ones, which need not be whole.
Interval wilson_effective(double rate, double n, double confidence = 0.95);
/// One-sided Wilson bounds at `confidence`.
double wilson_lower(std::uint64_t k, std::uint64_t n, double confidence = 0.95);
double wilson_upper(std::uint64_t k, std::uint64_t n, double confidence = 0.95);
/// Equal-tailed Beta(1/2, 1/2) interval.
Interval jeffreys(std::uint64_t k, std::uint64_t n, double confidence = 0.95);
/// Exact interval (Clopper and Pearson 1934).
Interval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence = 0.95);
Interval clopper_pearson_effective(double rate, double n, double confidence = 0.95);
/// Exact interval of a Poisson mean from one count (Garwood 1936).
Interval poisson_mean(std::uint64_t count, double confidence = 0.95);
/// P(p >= target) with a Beta(1/2, 1/2) prior after `good` successes and `bad` failures.
double probability_at_least(std::uint64_t good, std::uint64_t bad, double target);
/// Failure-free events needed to support `target` at one-sided `confidence`: ln(1-c)/ln(target).
std::uint64_t zero_failure_events(double target, double confidence = 0.95);
/// P(X <= k) of a binomial count of n at probability p; 1 for k >= n.
double binomial_at_most(std::uint64_t k, std::uint64_t n, double p);
/// The z with P(Z <= z) = probability.
double normal_quantile(double probability);
/// P(|T| >= |t|) of Student's t with `freedom` degrees of freedom, which need not be whole.
double student_two_sided(double t, double freedom);
/// P(F >= f) of Fisher's F with `above` and `below` degrees of freedom.
double f_above(double f, double above, double below);

}  // namespace nines::stats
