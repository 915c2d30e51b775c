// Whether pages fell on those who served more unevenly than chance would have it.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/incident/fairness.hpp"

namespace nines::incident {

struct LoadFairness {
  std::size_t people = 0;
  std::int64_t total = 0;
  Fairness figures;
  double gini_by_chance = 0;  ///< 95th percentile when each page falls on a shift at random
  double max_over_mean_by_chance = 1;
  std::int64_t draws = 0;
  bool uneven = false;  ///< the Gini is above what chance explains
};

/// `shares` are the shifts served, in any unit; each load is divided by its share, so that whoever
/// served more may carry more. Without shares, or where all are 0, everybody counts alike. Chance is
/// multinomial by the shares, 4000 draws from a fixed seed: the same loads give the same figures.
LoadFairness load_fairness(const std::vector<std::int64_t>& loads,
                           const std::vector<double>& shares);

}  // namespace nines::incident
