// Trees at their limits: deep, wide, circular, too large, uncountable; groups of common cause.
#include <pthread.h>

#include <catch2/catch.hpp>

#include "domain/rca/tree/common_cause.hpp"
#include "domain/rca/tree/draft.hpp"
#include "domain/rca/tree/solve.hpp"
#include "domain/rca/tree/validate.hpp"
#include "ingest/open_psa.hpp"
#include "ingest/open_psa_write.hpp"
#include "render/fault_tree.hpp"
#include "yaml/fault_tree.hpp"

using namespace nines;
using namespace nines::rca::tree;

namespace {

std::uint32_t add_event(FaultTree& tree, double probability) {
  tree.events.push_back({});
  tree.events.back().name = "e" + std::to_string(tree.events.size() - 1);
  tree.events.back().probability = probability;
  return static_cast<std::uint32_t>(tree.events.size() - 1);
}

void add_gate(FaultTree& tree, Operator op, std::vector<Ref> inputs, std::uint32_t least = 0) {
  tree.gates.push_back({"g" + std::to_string(tree.gates.size()), {}, op, least, std::move(inputs)});
}

/// g0 = e0 op (e1 op' (e2 op (...))): alternately or and and.
FaultTree chain(std::uint32_t gates, bool gate_first) {
  FaultTree tree;
  for (std::uint32_t i = 0; i < gates; ++i) {
    const Ref event{false, add_event(tree, 0.01)};
    std::vector<Ref> inputs{event};
    if (i + 1 < gates) inputs.insert(gate_first ? inputs.begin() : inputs.end(), Ref{true, i + 1});
    add_gate(tree, i % 2 == 0 ? Operator::or_ : Operator::and_, std::move(inputs));
  }
  return tree;
}

FaultTree pair_with(GroupModel model, std::vector<double> factors, std::uint32_t members,
                    std::uint32_t least) {
  FaultTree tree;
  std::vector<Ref> inputs;
  Group group{"common", model, {}, std::move(factors), {}};
  for (std::uint32_t i = 0; i < members; ++i) {
    group.members.push_back(add_event(tree, 0.01));
    inputs.push_back({false, i});
  }
  tree.groups.push_back(std::move(group));
  add_gate(tree, Operator::atleast, std::move(inputs), least);
  return tree;
}

double solved(const FaultTree& tree) {
  REQUIRE_FALSE(has_errors(check_tree(tree, {})));
  const auto expanded = expand_groups(tree, {});
  return solve(expanded, *top_of(expanded), {}).probability.value();
}

/// Runs it on a thread of its own, with a stack of 256 KiB.
void on_small_stack(void (*work)()) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  REQUIRE(pthread_attr_setstacksize(&attributes, 256u << 10) == 0);
  pthread_t thread{};
  const auto run = [](void* task) -> void* {
    reinterpret_cast<void (*)()>(task)();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, reinterpret_cast<void*>(work)) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

}  // namespace

TEST_CASE("a chain of 100,000 gates is checked and solved", "[tree]") {
  const auto tree = chain(100'000, true);
  CHECK_FALSE(has_errors(check_tree(tree, {})));
  const auto solution = solve(tree, 0, {});
  REQUIRE(solution.probability);
  CHECK(*solution.probability == Approx(0.010099 + 1e-6).epsilon(1e-3));
}

// What went down a gate by a call of its own would need more than the 26 bytes a gate that there are.
TEST_CASE("no walk over a tree needs a stack as deep as the tree", "[tree]") {
  on_small_stack([] {
    for (const bool gate_first : {false, true}) {
      const auto tree = chain(10'000, gate_first);
      CHECK_FALSE(has_errors(check_tree(tree, {})));
      CHECK(solve(tree, 0, {}).probability);
      const auto xml = ingest::write_open_psa(tree);
      auto reading = ingest::read_open_psa(xml, "chain.xml", {});
      CHECK(reading.findings.empty());
      CHECK(reading.draft.gates.size() == 10'000);
      CHECK_FALSE(render::draw_tree_text(tree, 0, 40, true).empty());
      CHECK_FALSE(render::draw_tree_dot(tree, 0, 1'000).empty());
    }
  });
}

TEST_CASE("a circle of 100,000 gates is named without being written out", "[tree]") {
  auto tree = chain(100'000, false);
  tree.gates.back().inputs.push_back({true, 0});
  const auto problems = check_tree(tree, {});
  REQUIRE(has_errors(problems));
  CHECK(problems.front().code == slo::Code::tree_cycle);
  CHECK(problems.front().message.starts_with("gates refer to themselves: g0 -> g1 -> "));
  CHECK(problems.front().message.size() < 200);
}

TEST_CASE("counts go on where 64 bits end, and say when 128 do", "[tree]") {
  for (const auto& [triples, digits] : {std::pair(50, "717897987691852588770249"), std::pair(120, "more than 340282366920938463463374607431768211455")}) {
    FaultTree tree;
    std::vector<Ref> all;
    add_gate(tree, Operator::and_, {});
    for (int i = 0; i < triples; ++i) {
      std::vector<Ref> any;
      for (int j = 0; j < 3; ++j) any.push_back({false, add_event(tree, 0.5)});
      all.push_back({true, static_cast<std::uint32_t>(tree.gates.size())});
      add_gate(tree, Operator::or_, std::move(any));
    }
    tree.gates[0].inputs = all;
    const auto solution = solve(tree, 0, {});
    CHECK(to_string(solution.cut_sets->total) == digits);
    CHECK(solution.cut_sets->by_order.size() == static_cast<std::size_t>(triples) + 1);
  }
}

TEST_CASE("too few nodes are said, never papered over", "[tree]") {
  FaultTree tree;
  std::vector<Ref> inputs;
  for (int i = 0; i < 60; ++i) inputs.push_back({false, add_event(tree, 0.1)});
  add_gate(tree, Operator::atleast, inputs, 30);
  const auto solution = solve(tree, 0, {{}, 10, 300});
  CHECK_FALSE(solution.order);
  CHECK_FALSE(solution.probability);
  CHECK_FALSE(solution.cut_sets);
  CHECK(solve(tree, 0, {}).probability);
}

TEST_CASE("models of common cause give what the formulas say", "[tree]") {
  // Two of two, beta 0.1: both alone, or together.
  const double alone = 0.009, both = 0.001;
  CHECK(solved(pair_with(GroupModel::beta, {0.1}, 2, 2)) ==
        Approx(both + (1 - both) * alone * alone));
  // MGL with one factor is the beta model of two members.
  CHECK(solved(pair_with(GroupModel::mgl, {0.1}, 2, 2)) ==
        Approx(both + (1 - both) * alone * alone));
  // alpha = (0.95, 0.05): Q_1 = 0.95/1.05 Q, Q_2 = 2*0.05/1.05 Q.
  const double q1 = 0.01 * 0.95 / 1.05, q2 = 0.01 * 0.1 / 1.05;
  CHECK(solved(pair_with(GroupModel::alpha, {0.95, 0.05}, 2, 2)) == Approx(q2 + (1 - q2) * q1 * q1));
  // MGL of three, all three: Q_1, Q_2 by pairs, Q_3.
  const double r1 = 0.01 * 0.9, r2 = 0.01 * 0.1 * 0.8 / 2, r3 = 0.01 * 0.1 * 0.2;
  CHECK(solved(pair_with(GroupModel::mgl, {0.1, 0.2}, 3, 1)) ==
        Approx(1 - std::pow(1 - r1, 3) * std::pow(1 - r2, 3) * (1 - r3)));
}

TEST_CASE("groups that cannot be expanded are errors", "[tree]") {
  CHECK(has_errors(check_tree(pair_with(GroupModel::beta, {0.1}, 1, 1), {})));
  CHECK(has_errors(check_tree(pair_with(GroupModel::beta, {0.1, 0.2}, 2, 1), {})));
  CHECK(has_errors(check_tree(pair_with(GroupModel::mgl, {0.1, 0.2}, 2, 1), {})));
  CHECK(has_errors(check_tree(pair_with(GroupModel::alpha, {0.5, 0.4}, 2, 1), {})));
  CHECK(has_errors(check_tree(pair_with(GroupModel::alpha, {1}, 9, 1), {})));
  CHECK(has_errors(check_tree(pair_with(GroupModel::beta, {1.5}, 2, 1), {})));
  auto uneven = pair_with(GroupModel::beta, {0.1}, 2, 1);
  uneven.events[1].probability = 0.02;
  CHECK(has_errors(check_tree(uneven, {})));
}

TEST_CASE("a tree is the same after a journey through either format", "[tree]") {
  FaultTree tree;
  tree.name = "journey";
  tree.label = "With <markup> & \"quotes\".";
  for (int i = 0; i < 5; ++i) add_event(tree, 0.1234567890123456 / (i + 1) * 1e-9);
  tree.events[1].house = true;
  tree.events[1].state = true;
  tree.events[1].probability.reset();
  tree.events[2].probability.reset();
  tree.events[2].rate = 1e-21;
  tree.events[2].traits = {{"kind", "disk"}, {"zone", "eu-1"}};
  tree.events[3].probability = tree.events[4].probability = 0.25;
  tree.groups.push_back({"common", GroupModel::alpha, {3, 4}, {0.9, 0.1}, {}});
  add_gate(tree, Operator::iff, {{true, 1}, {true, 2}});
  add_gate(tree, Operator::atleast, {{false, 0}, {false, 1}, {false, 2}}, 2);
  add_gate(tree, Operator::imply, {{false, 3}, {false, 4}});
  tree.top = 0;
  tree.mission_hours = 24.5;
  const auto by_yaml = resolve(*yaml::fault_tree_from(yaml::fault_tree_document(tree))).tree;
  const auto xml = ingest::write_open_psa(tree);
  auto by_xml = resolve(ingest::read_open_psa(xml, "x", 24.5).draft).tree;
  CHECK(ingest::write_open_psa(by_xml) == xml);
  CHECK(yaml::fault_tree_document(by_yaml) == yaml::fault_tree_document(tree));
  CHECK(by_yaml.mission_hours == tree.mission_hours);
  CHECK(by_xml.gates.size() == tree.gates.size());
  CHECK(by_xml.groups.size() == 1);
  for (std::size_t i = 0; i < tree.events.size(); ++i) {
    const auto found = std::find_if(by_xml.events.begin(), by_xml.events.end(),
                                    [&](const Event& one) { return one.name == tree.events[i].name; });
    REQUIRE(found != by_xml.events.end());
    CHECK(found->probability == tree.events[i].probability);
    CHECK(found->rate == tree.events[i].rate);
    CHECK(found->state == tree.events[i].state);
    CHECK(found->traits == tree.events[i].traits);
  }
}
