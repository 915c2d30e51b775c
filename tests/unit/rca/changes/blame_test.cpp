// Which change did it: vetoes, terms, history, "none of these", and generated incidents.
#include "domain/rca/changes/blame.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "support/change_cases.hpp"

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;

namespace {

const Instant kOnset = *parse_rfc3339("2026-11-23T09:00:00Z");

ChangeCandidate candidate(Micros before, int hops = 0) {
  ChangeCandidate one;
  one.change.service = "s" + std::to_string(hops);
  one.change.start = kOnset - before;
  one.reach = Reach{hops, "path"};
  return one;
}

double term(const RankedChange& one, std::string_view name) {
  double sum = 0;
  for (const auto& part : one.terms)
    if (part.name == name) sum += part.log_odds;
  return sum;
}

}  // namespace

TEST_CASE("what began after the onset is ruled out, but for the uncertainty of clocks", "[rca]") {
  const auto found = blame_changes({candidate(-60s), candidate(-61s)}, kOnset, {}, {});
  REQUIRE(found.vetoed.size() == 1);
  CHECK(found.vetoed[0].candidate == 1);
  CHECK(found.vetoed[0].reason == "began 1m1s after the onset, more than 1m of clock uncertainty");
  REQUIRE(found.ranked.size() == 2);
  CHECK(found.ranked[0].candidate == 0);
  CHECK(term(found.ranked[0], "time") == 0);
}

TEST_CASE("terms add up, and probabilities to one", "[rca]") {
  auto named = candidate(30min, 2);
  named.signals = {{SignalKind::moved, "m"}, {SignalKind::named, "n"}};
  const auto found = blame_changes({candidate(0s), named, candidate(24h, 1)}, kOnset, {}, {});
  double sum = 0;
  for (const auto& one : found.ranked) {
    double odds = 0;
    for (const auto& part : one.terms) odds += part.log_odds;
    CHECK(odds == Approx(one.log_odds));
    sum += one.probability;
  }
  CHECK(sum == Approx(1));
  REQUIRE(found.ranked[0].candidate == 1);
  CHECK(term(found.ranked[0], "time") == Approx(-1));
  CHECK(term(found.ranked[0], "topology") == Approx(2 * std::log(0.5)));
  CHECK(term(found.ranked[0], "evidence") == Approx(std::log(60)));
  CHECK_FALSE(found.ranked[2].candidate);
  CHECK(term(found.ranked[3], "time") == Approx(std::log(kLeastFade)));
}

TEST_CASE("without a change that could have done it the answer is none", "[rca]") {
  const auto empty = blame_changes({}, kOnset, {}, {});
  CHECK(empty.verdict == Blame::Verdict::undecided);
  CHECK(empty.ranked.size() == 1);
  CHECK(blame_changes({candidate(-2h)}, kOnset, {}, {}).verdict == Blame::Verdict::none);
  auto far = candidate(5h, 0);
  far.reach.reset();
  CHECK(blame_changes({far}, kOnset, {}, {}).verdict == Blame::Verdict::none);
  CHECK(blame_changes({candidate(5min), candidate(5min)}, kOnset, {}, {}).verdict ==
        Blame::Verdict::undecided);
}

TEST_CASE("the store's own history takes the place of the default of a kind", "[rca]") {
  KindHistory history{};
  history[static_cast<std::size_t>(catalog::ChangeKind::deploy)] = {90, 1};
  history[static_cast<std::size_t>(catalog::ChangeKind::flag)] = {10, 9};
  auto flag = candidate(0s);
  flag.change.kind = catalog::ChangeKind::flag;
  const auto found = blame_changes({candidate(0s), flag}, kOnset, history, {});
  REQUIRE(found.ranked[0].candidate == 1);
  CHECK(term(found.ranked[0], "kind") == Approx(std::log((9 + 1.5) / (1 + 1))));
  REQUIRE(found.ranked[2].candidate == 0);
  CHECK(term(found.ranked[2], "kind") == Approx(std::log((1 + 1.0) / (9 + 1))));
}

TEST_CASE("reach follows needs by one, callers by two, and ends in cycles", "[rca]") {
  FaultReach graph;
  graph.add("web", "checkout");
  graph.add("checkout", "db");
  graph.add("batch", "db");
  graph.add("db", "checkout");
  const auto reach = graph.from({"checkout"}, 4);
  CHECK(reach.at("checkout").hops == 0);
  CHECK(reach.at("db").path == "checkout -> db");
  CHECK(reach.at("web").hops == 2);
  CHECK(reach.at("batch").path == "checkout -> db <- batch");
  CHECK(graph.from({"checkout"}, 2).contains("batch") == false);
}

TEST_CASE("on generated incidents the true change comes first, and innocence is told", "[rca]") {
  test::ChangeScore score;
  for (const std::uint64_t seed : {11, 12}) test::score_changes(seed, 150, score);
  CHECK(score.ranks.at(1) >= 0.90);
  CHECK(score.ranks.at(3) >= 0.98);
  CHECK(score.false_blame * 20 <= score.without);
}
