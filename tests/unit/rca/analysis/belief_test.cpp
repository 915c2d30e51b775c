// Posteriors, the value of a look, and the why-tree of hostile parents.
#include "domain/rca/analysis/belief.hpp"

#include <catch2/catch.hpp>

#include "domain/rca/analysis/another_hour.hpp"
#include "support/property.hpp"
#include "unit/rca/analysis/scripted.hpp"

using namespace nines;
using namespace nines::rca;
using nines::test::ScriptedCase;

TEST_CASE("odds times ratios") {
  ScriptedCase one;
  one.hypothesis("a").hypothesis("b");
  one.evidence(1, EvidenceKind::metric, Strength::ten);
  auto beliefs = beliefs_of(one.file);
  CHECK(beliefs[0].prior == Approx(1.0 / 3));
  CHECK(beliefs[0].posterior == Approx(5.0 / 6));  // odds 1/2 x 10 = 5
  CHECK(beliefs[1].posterior == Approx(1.0 / 3));
  one.evidence(1, EvidenceKind::log, Strength::third);
  beliefs = beliefs_of(one.file);
  CHECK(beliefs[0].posterior == Approx(0.625));  // 5 / 3
  CHECK(beliefs[0].after[0] == Approx(5.0 / 6));
}

TEST_CASE("of one kind from one source the stronger counts, whatever the order") {
  for (const bool weak_first : {true, false}) {
    ScriptedCase one;
    one.hypothesis("a");
    one.evidence(1, EvidenceKind::metric, weak_first ? Strength::three : Strength::ten, "p");
    one.evidence(1, EvidenceKind::metric, weak_first ? Strength::ten : Strength::three, "p");
    const auto belief = beliefs_of(one.file).front();
    CHECK(belief.posterior == Approx(10.0 / 11));
    CHECK(belief.counts == std::vector<bool>{!weak_first, weak_first});
  }
  ScriptedCase against;
  against.hypothesis("a");
  against.evidence(1, EvidenceKind::log, Strength::three, "p");
  against.evidence(1, EvidenceKind::log, Strength::tenth, "p");
  CHECK(beliefs_of(against.file).front().posterior == Approx(1.0 / 11));
}

TEST_CASE("a stated prior stands, conditions are not rivals") {
  ScriptedCase one;
  one.hypothesis("a").hypothesis("b").hypothesis("under a", 1).hypothesis("also under a", 1);
  one.at(2).prior_percent = 20;
  const auto beliefs = beliefs_of(one.file);
  CHECK(beliefs[0].prior == Approx(1.0 / 3));
  CHECK(beliefs[1].prior == Approx(0.2));
  CHECK(beliefs[2].prior == Approx(0.5));
  CHECK(beliefs[3].prior == Approx(0.5));
}

TEST_CASE("what a look is expected to tell") {
  CHECK(entropy_bits(0.5) == Approx(1));
  CHECK(entropy_bits(0) == 0);
  CHECK(entropy_bits(1) == 0);
  // A ratio of 10 makes the even question a channel with error 1/11: 1 - H(1/11).
  CHECK(expected_bits(0.5) == Approx(1 - entropy_bits(1.0 / 11)));
  CHECK(expected_bits(0.5, 1) == Approx(0).margin(1e-12));
  CHECK(expected_bits(0.5) > expected_bits(0.8));
  CHECK(expected_bits(0.8) > expected_bits(0.99));
  CHECK(expected_bits(0.3) == Approx(expected_bits(0.7)));
}

TEST_CASE("the most telling look first, settled hypotheses never") {
  ScriptedCase one;
  one.hypothesis("sure").hypothesis("even").hypothesis("done");
  one.evidence(1, EvidenceKind::log, Strength::ten)
      .evidence(1, EvidenceKind::metric, Strength::ten);
  one.state(3, HypothesisState::refuted);
  const auto looks = next_looks(one.file, beliefs_of(one.file));
  // Six kinds of the one that has nothing, four of the other; what people remember tells less.
  REQUIRE(looks.size() == 10);
  for (std::size_t i = 0; i < 5; ++i) CHECK(looks[i].hypothesis == 1);
  CHECK(looks[0].kind == EvidenceKind::log);
  CHECK(looks[4].kind == EvidenceKind::reproduction);
  CHECK(looks[5].hypothesis == 1);
  CHECK(looks[5].kind == EvidenceKind::testimony);
  CHECK(looks[6].hypothesis == 0);
  CHECK(looks[6].kind == EvidenceKind::change);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const auto& look = looks[i];
    CHECK(look.bits == Approx(expected_bits(beliefs_of(one.file)[look.hypothesis].posterior,
                                            look.ratio)));
    if (i > 0) CHECK(looks[i - 1].bits >= look.bits);
  }
  CHECK(looks[0].if_for == Approx(0.5 * 10 / (0.5 * 10 + 0.5)).epsilon(0.2));
}

TEST_CASE("expected information by its definition, over the outcomes") {
  for (const double p : {0.02, 0.3, 0.5, 0.9})
    for (const double ratio : {3.0, 10.0}) {
      const double hit = ratio / (1 + ratio);
      double mutual = 0;  // sum over hypothesis and outcome of P(h, o) log2 P(h, o) / P(h) P(o)
      for (const bool is : {true, false})
        for (const bool seen : {true, false}) {
          const double ph = is ? p : 1 - p, po_h = is == seen ? hit : 1 - hit;
          const double po = p * (seen ? hit : 1 - hit) + (1 - p) * (seen ? 1 - hit : hit);
          mutual += ph * po_h * std::log2(po_h / po);
        }
      CHECK(expected_bits(p, ratio) == Approx(mutual).margin(1e-12));
    }
}

TEST_CASE("rivals that cannot all be true are named") {
  ScriptedCase one;
  one.hypothesis("a").hypothesis("b").hypothesis("c");
  CHECK(likely_rivals(one.file, beliefs_of(one.file)).empty());
  one.evidence(1, EvidenceKind::log, Strength::ten).evidence(2, EvidenceKind::log, Strength::ten);
  const auto likely = likely_rivals(one.file, beliefs_of(one.file));
  REQUIRE(likely.size() == 1);
  CHECK(likely[0] == std::vector<std::size_t>{0, 1});
  one.state(2, HypothesisState::refuted);
  CHECK(likely_rivals(one.file, beliefs_of(one.file)).empty());
}

TEST_CASE("quiet lowers a posterior and never refutes") {
  CHECK(quiet_ratio(0, 100) == 1);
  CHECK(quiet_ratio(0.1, 10) == Approx(std::exp(-1.0)));
  CHECK(quiet_ratio(1, 700) > 0);
  CHECK(quiet_ratio(1, -5) == 1);
}

TEST_CASE("parents that are missing, or in a ring, leave every hypothesis in the tree once") {
  ScriptedCase one;
  one.hypothesis("a").hypothesis("b", 1).hypothesis("c", 2);
  one.at(1).parent = one.at(3).uid;  // two machines each moved one
  Uid stranger;
  stranger.bytes.fill(9);
  one.hypothesis("d");
  one.at(4).parent = stranger;
  const auto tree = why_tree(one.file.hypotheses);
  REQUIRE(tree.rows.size() == 4);
  std::vector<std::size_t> seen;
  for (const auto& row : tree.rows) seen.push_back(row.index);
  std::sort(seen.begin(), seen.end());
  CHECK(seen == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("a chain of 100 000 whys overflows nothing") {
  std::vector<Hypothesis> chain(100'000);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for (int b = 0; b < 4; ++b)
      chain[i].uid.bytes[static_cast<std::size_t>(b)] = static_cast<std::uint8_t>(i >> (8 * b));
    chain[i].uid.bytes[15] = 1;
    if (i > 0) chain[i].parent = chain[i - 1].uid;
  }
  CHECK(why_tree(chain).rows.back().depth == chain.size() - 1);
}

TEST_CASE("another hour: worth it, not worth it, and what is missing") {
  ScriptedCase one;
  one.hypothesis("a").hypothesis("b");
  auto inputs = hour_inputs(one.file, beliefs_of(one.file));
  CHECK(judge_hour(inputs).worth == Worth::undecided);
  CHECK(judge_hour(inputs).missing.size() == 3);
  inputs.like = 4;
  inputs.years = 1;
  inputs.incident_cost = stats::Interval{100'000, 100'000};
  inputs.hour_cost = 200;
  const auto verdict = judge_hour(inputs);
  CHECK(verdict.worth == Worth::yes);
  CHECK(verdict.yearly.low == Approx(1.0899).epsilon(1e-3));  // Garwood, 4 events
  CHECK(verdict.yearly.high == Approx(10.2416).epsilon(1e-3));
  inputs.hour_cost = 10'000'000;
  CHECK(judge_hour(inputs).worth == Worth::no);
  inputs.hour_cost = verdict.saving->low * 2;
  CHECK(judge_hour(inputs).worth == Worth::undecided);
  one.state(1, HypothesisState::confirmed).state(2, HypothesisState::refuted);
  CHECK(judge_hour(hour_inputs(one.file, beliefs_of(one.file))).worth == Worth::no);
}
