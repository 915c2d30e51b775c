// Every incident is held against those that share a trait of weight with it, and against no other.
#include "domain/governance/recurrence_groups.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace nines::governance {
namespace {

double importance(TraitKind kind) {
  switch (kind) {
    case TraitKind::factor:
      return 3;
    case TraitKind::component:
      return 2;
    case TraitKind::symptom:
    case TraitKind::service:
    case TraitKind::factor_word:
      return 1;
    case TraitKind::word:
      break;
  }
  return 1.0 / 3;
}

class Joined {
 public:
  explicit Joined(std::size_t size) : parent_(size), strength_(size, 0) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b, double strength) {
    a = root(a), b = root(b);
    const auto most = std::max({strength, strength_[a], strength_[b]});
    parent_[std::max(a, b)] = std::min(a, b);
    strength_[std::min(a, b)] = most;
  }
  double strength(std::size_t root) const { return strength_[root]; }

 private:
  std::vector<std::size_t> parent_;
  std::vector<double> strength_;
};

using TraitId = std::uint32_t;

/// The traits of weight by number, in their order: kind by kind.
class Numbered {
 public:
  Numbered(const std::vector<TraitsOf>& incidents, const TraitWeights& weights) {
    std::map<Trait, TraitId> ids;
    for (const auto& [trait, weight] : weights) {
      if (weight <= 0) continue;
      ids.emplace_hint(ids.end(), trait, static_cast<TraitId>(weights_.size()));
      weights_.push_back(weight);
      kinds_.push_back(trait.kind);
      having_.emplace_back();
    }
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      auto& own = traits_.emplace_back();
      for (const auto& trait : incidents[i].traits) {
        const auto id = ids.find(trait);
        if (id == ids.end()) continue;
        own.push_back(id->second);
        if (joins(id->second)) having_[id->second].push_back(i);
      }
    }
  }

  std::size_t incidents() const { return traits_.size(); }
  std::size_t traits() const { return weights_.size(); }
  const std::vector<TraitId>& of(std::size_t incident) const { return traits_[incident]; }
  const std::vector<std::size_t>& having(TraitId trait) const { return having_[trait]; }
  double weight(TraitId trait) const { return weights_[trait]; }
  unsigned kind_bit(TraitId trait) const { return 1U << static_cast<unsigned>(kinds_[trait]); }
  /// Words alone make no pair.
  bool joins(TraitId trait) const { return kinds_[trait] < TraitKind::factor_word; }

 private:
  std::vector<double> weights_;
  std::vector<TraitKind> kinds_;
  std::vector<std::vector<std::size_t>> having_;
  std::vector<std::vector<TraitId>> traits_;
};

class Pairs {
 public:
  explicit Pairs(const Numbered& numbered)
      : numbered_(numbered), own_(numbered.traits()), held_(numbered.incidents()) {}

  /// Holds it against all that come after it and share a trait that joins.
  void join_later(std::size_t one, Joined& joined) {
    for (const auto trait : numbered_.of(one)) own_[trait] = true;
    for (const auto trait : numbered_.of(one)) {
      if (!numbered_.joins(trait)) break;
      const auto& members = numbered_.having(trait);
      for (auto other = std::ranges::upper_bound(members, one); other != members.end(); ++other) {
        if (held_[*other] > one) continue;
        held_[*other] = one + 1;
        if (const auto strength = strength_with(*other); strength > 0)
          joined.join(one, *other, strength);
      }
    }
    for (const auto trait : numbered_.of(one)) own_[trait] = false;
  }

 private:
  /// Evidence that the two are of one cause; 0 when it does not suffice.
  double strength_with(std::size_t other) const {
    double sum = 0;
    unsigned kinds = 0;
    for (const auto trait : numbered_.of(other)) {
      if (!own_[trait]) continue;
      sum += numbered_.weight(trait);
      kinds |= numbered_.kind_bit(trait);
    }
    return std::popcount(kinds) >= 2 && sum >= kTogether ? sum : 0;
  }

  const Numbered& numbered_;
  std::vector<char> own_;          ///< by trait: whether the one has it
  std::vector<std::size_t> held_;  ///< by incident: one more than the last it was held against
};

}  // namespace

TraitWeights weights_of(const std::vector<TraitsOf>& incidents) {
  std::map<Trait, std::size_t> counts;
  for (const auto& one : incidents)
    for (const auto& trait : one.traits) ++counts[trait];
  TraitWeights weights;
  const auto all = static_cast<double>(incidents.size()) + 1;
  for (const auto& [trait, count] : counts)
    if (count > 1)
      weights.emplace_hint(
          weights.end(), trait,
          importance(trait.kind) * std::log(all / (static_cast<double>(count) + 0.5)));
  return weights;
}

std::vector<RecurrenceGroup> groups_of(const std::vector<TraitsOf>& incidents,
                                       const TraitWeights& weights) {
  const Numbered numbered(incidents, weights);
  Joined joined(incidents.size());
  Pairs pairs(numbered);
  for (std::size_t i = 0; i < incidents.size(); ++i) pairs.join_later(i, joined);
  std::map<std::size_t, RecurrenceGroup> by_root;
  for (std::size_t i = 0; i < incidents.size(); ++i) by_root[joined.root(i)].members.push_back(i);
  std::vector<RecurrenceGroup> groups;
  for (auto& [root, group] : by_root) {
    if (group.members.size() < 2) continue;
    group.strength = joined.strength(root);
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace nines::governance
