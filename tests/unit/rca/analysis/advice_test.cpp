// Which method for which signs, and which change of a sign turns the advice.
#include "domain/rca/analysis/advice.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace nines::rca;

namespace {

Signs plain() {
  Signs signs;
  signs.entries = 5;
  signs.onset_known = true;
  return signs;
}

bool turns(const Advice& advice, std::string_view what) {
  return std::any_of(advice.would_change.begin(), advice.would_change.end(),
                     [&](const std::string& one) { return one.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("the signs decide, the graver situation first") {
  auto signs = plain();
  CHECK(advise(signs).method == Method::five_whys);
  signs.changes = 1;
  CHECK(advise(signs).method == Method::change_analysis);
  signs.layers = 3;
  CHECK(advise(signs).method == Method::fault_tree);
  signs.services = 2;
  CHECK(advise(signs).method == Method::fault_tree);
  signs.onset_known = false;
  CHECK(advise(signs).method == Method::timeline);
  signs.services = 6;
  CHECK(advise(signs).method == Method::causal_graph);
  signs.teams = 3;
  CHECK(advise(signs).method == Method::control_structure);
  signs.persists = true;
  CHECK(advise(signs).method == Method::causal_graph);
  signs.burning = true;
  CHECK_FALSE(advise(signs).method);
  CHECK(advise(signs).situation == "chaotic");
}

TEST_CASE("what would turn it is said, and nothing that would not") {
  const auto advice = advise(plain());
  CHECK(turns(advice, "with a second service: fault-tree"));
  CHECK(turns(advice, "with 6 services: causal-graph"));
  CHECK(turns(advice, "with 3 teams: control-structure"));
  CHECK(turns(advice, "with a change shortly before the onset: change-analysis"));
  CHECK(turns(advice, "ring: causal-graph"));
  auto burning = plain();
  burning.burning = true;
  CHECK(advise(burning).would_change ==
        std::vector<std::string>{"once it is mitigated: five-whys"});
}

TEST_CASE("unknown is never no: a graph that is not there does not say there is no ring") {
  auto signs = plain();
  CHECK(turns(advise(signs), "ring"));
  signs.cyclic = true;
  CHECK(advise(signs).method == Method::causal_graph);
}
