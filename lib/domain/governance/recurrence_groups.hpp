// Joins incidents that belong together into groups, by the weight of what each two share.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "domain/governance/recurrence.hpp"

namespace nines::governance {

/// Of what more than one incident has; what only one has joins nothing.
using TraitWeights = std::map<Trait, double>;

TraitWeights weights_of(const std::vector<TraitsOf>& incidents);

struct RecurrenceGroup {
  std::vector<std::size_t> members;  ///< places in the list, ascending; two or more
  double strength = 0;               ///< of the strongest pair
};

/// By the first member. Memory grows with the traits, not with the pairs.
std::vector<RecurrenceGroup> groups_of(const std::vector<TraitsOf>& incidents,
                                       const TraitWeights& weights);

}  // namespace nines::governance
