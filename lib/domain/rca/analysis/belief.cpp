// Odds times ratios, and the entropy of what is still open.
#include "domain/rca/analysis/belief.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace nines::rca {
namespace {

/// The log odds of all items, added one by one; of one kind and source the stronger stands, the earlier of equals.
double weigh(const std::vector<Evidence>& items, Belief& belief) {
  std::map<std::pair<EvidenceKind, std::string_view>, std::size_t> standing;
  double log_odds = std::log(belief.prior / (1 - belief.prior));
  const auto log_ratio = [&](std::size_t i) { return std::log(ratio_of(items[i].strength)); };
  belief.counts.assign(items.size(), false);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto [found, first] = standing.try_emplace({items[i].kind, items[i].source}, i);
    if (!first && std::abs(log_ratio(i)) > std::abs(log_ratio(found->second))) {
      log_odds -= log_ratio(found->second);
      belief.counts[found->second] = false;
      found->second = i;
    }
    if (found->second == i) {
      belief.counts[i] = true;
      log_odds += log_ratio(i);
    }
    belief.after.push_back(1 / (1 + std::exp(-log_odds)));
  }
  return log_odds;
}

/// Several watches wait for one occurrence: only the one whose quiet says most counts.
void hear_quiet(const std::vector<Watch>& watches, Belief& belief) {
  for (std::size_t i = 0; i < watches.size(); ++i) {
    const double ratio = quiet_of(watches[i]).ratio;
    if (ratio >= belief.quiet) continue;
    belief.quiet = ratio;
    belief.quiet_watch = i;
  }
}

/// By parent: how many alternatives stand beside one another.
std::map<std::optional<std::size_t>, std::size_t> rival_counts(
    const std::vector<Hypothesis>& hypotheses, const WhyTree& tree) {
  std::map<std::optional<std::size_t>, std::size_t> counts;
  for (std::size_t i = 0; i < hypotheses.size(); ++i)
    if (hypotheses[i].rival) ++counts[tree.parent[i]];
  return counts;
}

double prior_of(const Hypothesis& one, std::size_t rivals) {
  if (one.prior_percent) return std::clamp(*one.prior_percent, 1, 99) / 100.0;
  return one.rival ? 1.0 / static_cast<double>(rivals + 1) : 0.5;
}

}  // namespace

std::vector<Belief> beliefs_of(const CaseFile& file) {
  const auto tree = why_tree(file.hypotheses);
  auto rivals = rival_counts(file.hypotheses, tree);
  std::vector<Belief> beliefs;
  for (std::size_t i = 0; i < file.hypotheses.size(); ++i) {
    Belief belief;
    belief.prior = prior_of(file.hypotheses[i], rivals[tree.parent[i]]);
    const double log_odds = weigh(file.hypotheses[i].evidence, belief);
    hear_quiet(file.hypotheses[i].watches, belief);
    belief.posterior = 1 / (1 + std::exp(-log_odds - std::log(belief.quiet)));
    beliefs.push_back(std::move(belief));
  }
  return beliefs;
}

double entropy_bits(double probability) {
  if (probability <= 0 || probability >= 1) return 0;
  const double other = 1 - probability;
  return -probability * std::log2(probability) - other * std::log2(other);
}

double expected_bits(double probability, double ratio) {
  const double hit = ratio / (1 + ratio);  // P(positive | true); a miss is its mirror
  const double positive = probability * hit + (1 - probability) * (1 - hit);
  if (positive <= 0 || positive >= 1) return 0;
  const double if_positive = probability * hit / positive;
  const double if_negative = probability * (1 - hit) / (1 - positive);
  return std::max(0.0, entropy_bits(probability) - positive * entropy_bits(if_positive) -
                           (1 - positive) * entropy_bits(if_negative));
}

double ratio_of_look(EvidenceKind kind) { return kind == EvidenceKind::testimony ? 3 : 10; }

std::vector<Look> next_looks(const CaseFile& file, const std::vector<Belief>& beliefs) {
  // What is cheapest to look at first: records, then a reproduction, then what people remember.
  constexpr EvidenceKind kOrder[] = {EvidenceKind::log,          EvidenceKind::metric,
                                     EvidenceKind::change,       EvidenceKind::trace,
                                     EvidenceKind::reproduction, EvidenceKind::testimony};
  std::vector<Look> looks;
  for (const auto kind : kOrder) {
    for (std::size_t i = 0; i < file.hypotheses.size(); ++i) {
      const auto& one = file.hypotheses[i];
      if (one.state != HypothesisState::open) continue;
      const bool has = std::any_of(one.evidence.begin(), one.evidence.end(),
                                   [&](const Evidence& item) { return item.kind == kind; });
      if (has) continue;
      const double now = beliefs[i].posterior, ratio = ratio_of_look(kind);
      const auto after = [&](double by) { return now * by / (now * by + 1 - now); };
      looks.push_back({i, kind, ratio, expected_bits(now, ratio), after(ratio), after(1 / ratio)});
    }
  }
  std::stable_sort(looks.begin(), looks.end(),
                   [](const Look& a, const Look& b) { return a.bits > b.bits; });
  return looks;
}

std::vector<std::vector<std::size_t>> likely_rivals(const CaseFile& file,
                                                    const std::vector<Belief>& beliefs) {
  const auto tree = why_tree(file.hypotheses);
  std::map<std::optional<std::size_t>, std::vector<std::size_t>> by_parent;
  for (std::size_t i = 0; i < file.hypotheses.size(); ++i) {
    const auto& one = file.hypotheses[i];
    if (one.rival && one.state != HypothesisState::refuted && beliefs[i].posterior > 0.5)
      by_parent[tree.parent[i]].push_back(i);
  }
  std::vector<std::vector<std::size_t>> found;
  for (auto& [parent, rivals] : by_parent)
    if (rivals.size() > 1) found.push_back(std::move(rivals));
  return found;
}

}  // namespace nines::rca
