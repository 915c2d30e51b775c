// Groups of incidents that belong together, against every pair held by hand.
#include "domain/governance/recurrence_groups.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "base/split_mix.hpp"

using namespace nines;
using namespace nines::governance;

namespace {

std::vector<TraitsOf> random_incidents(std::uint64_t seed, std::size_t count) {
  std::vector<TraitsOf> all;
  for (std::size_t i = 0; i < count; ++i) {
    std::set<Trait> traits;
    for (auto left = split_mix64(seed) % 9; left > 0; --left)
      traits.insert({static_cast<TraitKind>(split_mix64(seed) % 6),
                     "t" + std::to_string(split_mix64(seed) % 12)});
    all.push_back({});
    all.back().traits.assign(traits.begin(), traits.end());
  }
  return all;
}

/// What the two share is enough: two kinds of things, one more than words, of weight kTogether.
double pair_by_hand(const TraitsOf& a, const TraitsOf& b, const TraitWeights& weights) {
  double sum = 0;
  std::set<TraitKind> kinds;
  for (const auto& trait : a.traits) {
    if (std::ranges::find(b.traits, trait) == b.traits.end() || !weights.contains(trait)) continue;
    sum += weights.at(trait);
    kinds.insert(trait.kind);
  }
  const bool more_than_words = !kinds.empty() && *kinds.begin() < TraitKind::factor_word;
  return kinds.size() >= 2 && more_than_words && sum >= kTogether ? sum : 0;
}

std::vector<RecurrenceGroup> groups_by_hand(const std::vector<TraitsOf>& all,
                                            const TraitWeights& weights) {
  std::vector<std::size_t> label(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) label[i] = i;
  std::map<std::size_t, double> strength;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const auto found = pair_by_hand(all[i], all[j], weights);
      if (found <= 0) continue;
      const auto [keep, gone] = std::minmax({label[i], label[j]});
      for (auto& one : label)
        if (one == gone) one = keep;
      strength[keep] = std::max({found, strength[keep], strength[gone]});
    }
  std::vector<RecurrenceGroup> groups;
  for (std::size_t first = 0; first < all.size(); ++first) {
    RecurrenceGroup group{{}, strength[first]};
    for (std::size_t i = 0; i < all.size(); ++i)
      if (label[i] == first) group.members.push_back(i);
    if (group.members.size() > 1) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

TEST_CASE("groups are what every pair held by hand gives") {
  std::size_t grouped = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto all = random_incidents(seed, 5 + seed % 30);
    const auto weights = weights_of(all);
    const auto found = groups_of(all, weights);
    const auto expected = groups_by_hand(all, weights);
    CAPTURE(seed);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].members == expected[i].members);
      CHECK(found[i].strength == Approx(expected[i].strength));
      ++grouped;
    }
  }
  CHECK(grouped > 100);
}
