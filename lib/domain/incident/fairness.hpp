// How evenly a load lies on several persons, and whether chance alone would do the same.
#pragma once

#include <cstdint>
#include <vector>

namespace nines::incident {

/// Gini = sum((2i - n - 1) x_i) / (n sum x), x ascending; Jain = (sum x)^2 / (n sum x^2); cv with
/// the population deviation. All are 0 (Jain 1) where there is no load.
struct Fairness {
  double gini = 0;
  double jain = 1;
  double max_over_mean = 0;
  double cv = 0;
};
Fairness fairness_of(std::vector<double> loads);

/// Mean and 95th percentile of the Gini when `units` fall on `people` by chance, each equally
/// likely: 4000 multinomial draws from a fixed seed, so the same question has the same answer.
struct ChanceGini {
  double mean = 0;
  double p95 = 0;
};
ChanceGini gini_by_chance(std::int64_t people, std::int64_t units);

}  // namespace nines::incident
