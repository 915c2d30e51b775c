// How likely each hypothesis is after its evidence, and what would be most worth a look.
//
// Posterior odds are prior odds times the likelihood ratios. Of two items of one kind from one
// source only the stronger counts: they are not independent. The prior is what a person said, else
// 1/(n+1) with n rivals under one parent (the rest stands for "none of these"), else 1/2.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/rca/analysis/model.hpp"

namespace nines::rca {

struct Belief {
  double prior = 0.5;
  double posterior = 0.5;
  std::vector<bool> counts;   ///< per item of evidence
  std::vector<double> after;  ///< the posterior after each item, in their order
};

/// One per hypothesis of the case, in their order.
std::vector<Belief> beliefs_of(const CaseFile& file);

/// Entropy of a yes-or-no question, in bits.
double entropy_bits(double probability);
/// What a test is expected to tell, in bits, whose two outcomes have the likelihood ratios `ratio`
/// and 1/ratio: entropy before minus the expected entropy after.
double expected_bits(double probability, double ratio = 10);

/// A piece of evidence that is not there yet.
struct Look {
  std::size_t hypothesis;  ///< index in the case
  EvidenceKind kind;       ///< the first kind that it has none of
  double bits;
};
/// Of the hypotheses that are open, the most telling first; ties in the order they were added.
std::vector<Look> next_looks(const CaseFile& file, const std::vector<Belief>& beliefs);

/// What a time without a recurrence says of a hypothesis that would make one come `per_day` times
/// a day: the likelihood ratio exp(-per_day * days). Quiet lowers it, and never refutes it.
double quiet_ratio(double per_day, double days);

}  // namespace nines::rca
