// Plans: optimal against every subset, with teams, musts and needs.
#include "domain/remediate/plan.hpp"

#include <random>

#include <catch2/catch.hpp>

using namespace nines::remediate;

namespace {

Candidate candidate(const std::string& team, double averts, int half_days) {
  return {.team = team, .averts = {averts, averts, averts}, .half_days = half_days};
}

/// The best value over all subsets that keep every need and every capacity.
double best_of_all(const std::vector<Candidate>& all, const Capacity& capacity) {
  double best = -1;
  for (std::uint32_t set = 0; set < (1u << all.size()); ++set) {
    double value = 0;
    std::map<std::string, int> used;
    bool allowed = true;
    for (std::size_t i = 0; i < all.size() && allowed; ++i) {
      const bool in = (set >> i & 1u) != 0;
      if (all[i].must && !in) allowed = false;
      if (!in) continue;
      value += all[i].expected();
      used[all[i].team] += all[i].half_days;
      for (const auto need : all[i].needs) allowed = allowed && (set >> need & 1u) != 0;
    }
    for (const auto& [team, half_days] : used) {
      const auto found = capacity.find(team);
      allowed = allowed && half_days <= (found == capacity.end() ? 0 : found->second);
    }
    if (allowed && value > best) best = value;
  }
  return best;
}

}  // namespace

TEST_CASE("the plan averts as much as the best of all subsets") {
  std::mt19937 random(7);
  const auto number = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
  };
  for (int round = 0; round < 150; ++round) {
    std::vector<Candidate> all;
    const int size = number(0, 10);
    for (int i = 0; i < size; ++i) {
      auto one = candidate(number(0, 2) == 0 ? "a" : "b", number(0, 40), number(1, 8));
      one.works = number(1, 4) / 4.0;
      one.must = number(0, 9) == 0;
      if (i > 0 && number(0, 3) == 0)
        one.needs.push_back(static_cast<std::size_t>(number(0, i - 1)));
      all.push_back(std::move(one));
    }
    const Capacity capacity{{"a", number(0, 20)}, {"b", number(0, 20)}};
    const auto plan = choose_actions(all, capacity);
    CAPTURE(round);
    REQUIRE(plan.optimal);
    const double best = best_of_all(all, capacity);
    if (!plan.must_fits) continue;
    REQUIRE(best >= 0);
    CHECK(plan.averted == Approx(best).margin(1e-9));
  }
}

TEST_CASE("what must be done is done, and what it needs with it") {
  auto small = candidate("a", 1, 4), base = candidate("a", 0, 2), big = candidate("a", 100, 6);
  small.must = true;
  small.needs = {1};
  const auto plan = choose_actions({small, base, big}, {{"a", 8}});
  CHECK(plan.chosen == std::vector<bool>{true, true, false});
  CHECK(plan.used.at("a") == 6);
  CHECK(plan.must_fits);
  CHECK_FALSE(choose_actions({small, base, big}, {{"a", 5}}).must_fits);
}

TEST_CASE("needs that form a ring are never chosen, and an unknown team has no time") {
  auto one = candidate("a", 5, 1), two = candidate("a", 5, 1);
  one.needs = {1};
  two.needs = {0};
  CHECK(choose_actions({one, two}, {{"a", 9}}).chosen == std::vector<bool>{false, false});
  CHECK(choose_actions({candidate("z", 5, 1)}, {{"a", 9}}).averted == 0);
}

TEST_CASE("ranks are stable where the estimates do not overlap") {
  const auto wide = [](double low, double high) {
    return Candidate{.team = "a", .averts = {low, (low + high) / 2, high}, .half_days = 1};
  };
  const auto apart = rank_stability({wide(10, 12), wide(1, 3), wide(4, 6)}, 1);
  CHECK(apart[0] == Approx(1));
  CHECK(apart[1] == 0);
  CHECK(apart[2] == 0);
  const auto alike = rank_stability({wide(1, 3), wide(1, 3)}, 1);
  CHECK(alike[0] == Approx(.5).margin(.05));
  CHECK(rank_stability({wide(1, 3), wide(2, 9)}, 1, 500, 3) ==
        rank_stability({wide(1, 3), wide(2, 9)}, 1, 500, 3));
}

TEST_CASE("a risk in bad minutes a year") { CHECK(risk_minutes(10, 50, .5, 365.25) == Approx(30)); }
