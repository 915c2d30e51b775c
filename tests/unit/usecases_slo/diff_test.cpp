// Differences between files and store, and between revisions.
#include "usecases/slo/diff.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "unit/usecases_slo/fixture.hpp"

using namespace nines;
using namespace nines::usecases;
using test::DefinitionFolder;

namespace {

DiffResult diff(DefinitionFolder& folder, std::vector<std::string> operands) {
  return diff_definitions(folder.session(),
                          {.operands = std::move(operands), .cwd = folder.root(), .input = {}});
}

}  // namespace

TEST_CASE("files are compared with the store, and revisions with each other") {
  DefinitionFolder folder;
  folder.write("slos/base.yaml", test::kSourceText);
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.99"));
  folder.apply("first");
  CHECK_FALSE(diff(folder, {}).differs());
  folder.write("slos/checkout.yaml", test::slo_text("checkout", "0.95"));
  REQUIRE(diff(folder, {}).plan.size() == 1);
  REQUIRE(diff(folder, {"slos/checkout.yaml"}).plan.size() == 1);
  CHECK_FALSE(diff(folder, {"slos/base.yaml"}).differs());
  folder.apply("second");
  const auto revisions = diff(folder, {"checkout@1", "checkout@2"});
  CHECK(revisions.from == "checkout@1");
  REQUIRE(revisions.plan.size() == 1);
  CHECK(revisions.plan[0].changes.at(0).after == "0.95");
  CHECK(diff(folder, {"checkout@2", "checkout@1"}).plan[0].changes.at(0).after == "0.99");
  CHECK_FALSE(diff(folder, {"checkout@2"}).differs());
  folder.remove("slos/base.yaml");
  CHECK(diff(folder, {}).missing == std::vector<std::string>{"slos/base.yaml"});
  CHECK_THROWS_AS(diff(folder, {"checkout@9"}), Error);
  CHECK_THROWS_AS(diff(folder, {"nothing@1"}), Error);
  CHECK_THROWS_AS(diff(folder, {"checkout@1", "slos/checkout.yaml"}), Error);
}
