// How likely each hypothesis is after its evidence, and what would be most worth a look.
//
// Posterior odds are prior odds times the likelihood ratios. Of two items of one kind from one
// source only the stronger counts: they are not independent. The prior is what a person said, else
// 1/(n+1) with n rivals under one parent (the rest stands for "none of these"), else 1/2.
// Quiet of a watch (watch.hpp) is one ratio more: of several watches the strongest, since they wait
// for the same occurrence.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "domain/rca/analysis/model.hpp"

namespace nines::rca {

struct Belief {
  double prior = 0.5;
  double posterior = 0.5;
  std::vector<bool> counts;   ///< per item of evidence
  std::vector<double> after;  ///< the posterior after each item, in their order, without quiet
  double quiet = 1;           ///< the ratio of the quiet that counts
  std::optional<std::size_t> quiet_watch;  ///< whose it is
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
  EvidenceKind kind;       ///< one that the hypothesis has none of
  double ratio;            ///< what it is taken to say, if it speaks for the hypothesis
  double bits;             ///< expected_bits at that ratio
  double if_for, if_against;  ///< the posterior after either outcome
};
/// The ratio that a look of this kind is taken to have: 10 where the thing itself is seen (a
/// reproduction, a record of it), 3 where somebody remembers it.
double ratio_of_look(EvidenceKind kind);
/// For every hypothesis that is open each kind it has none of, the most telling first; ties in the
/// order in which kinds are cheap to look at (records, a reproduction, people), then in which the
/// hypotheses were added.
std::vector<Look> next_looks(const CaseFile& file, const std::vector<Belief>& beliefs);

/// Rivals under one parent, not refuted, that are each likelier than not: they cannot all be true,
/// and what tells them apart is missing. A list for each parent that has two or more.
std::vector<std::vector<std::size_t>> likely_rivals(const CaseFile& file,
                                                    const std::vector<Belief>& beliefs);

}  // namespace nines::rca
