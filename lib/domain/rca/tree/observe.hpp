// What observations say: which causes of the top are left, how likely each is, what to look at next.
#pragma once

#include <optional>
#include <vector>

#include "domain/rca/tree/solve.hpp"

namespace nines::rca::tree {

struct Posterior {
  std::uint32_t event = 0;
  double before = 0;  ///< its probability
  double now = 0;     ///< given that the top has occurred, and all that was observed
};

/// Knowing whether `event` has occurred takes as many bits of doubt away as the entropy of its
/// posterior has: the most where that is nearest to one half.
struct NextLook {
  std::uint32_t event = 0;
  double posterior = 0;
  double bits = 0;
  std::optional<Count> left_if_occurred, left_if_not;  ///< cut sets
};

struct Observed {
  enum class State {
    open,        ///< the top can have these causes
    ruled_out,   ///< with these observations the top cannot have occurred
    impossible,  ///< the observations cannot all be true at once
    too_large,   ///< no diagram fits the nodes
  };
  State state = State::open;
  std::vector<std::uint32_t> unknown;
  std::optional<double> probability;    ///< of the top, given the observations
  std::optional<OrderCounts> cut_sets;  ///< that are left; one of order 0: what was seen suffices
  std::vector<ListedSet> most_probable;
  std::vector<Posterior> posteriors;  ///< of what was not observed, by falling posterior
  std::optional<NextLook> next;
};

/// `known`: events take their place in the tree; gates (and members of common-cause groups, which
/// are gates once expanded) condition it. Every gate is under the top, nothing is known twice.
Observed observe(const FaultTree& tree, std::uint32_t top, const std::vector<Known>& known,
                 const SolveLimits& limits);

/// The event whose observation would tell the most; nothing where all is certain. No counts.
std::optional<NextLook> most_telling(const std::vector<Posterior>& posteriors);

}  // namespace nines::rca::tree
