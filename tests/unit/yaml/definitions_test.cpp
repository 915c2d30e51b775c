// Reading definitions: typed objects from good documents, located findings from bad ones.
#include "yaml/definitions.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "unit/yaml/samples.hpp"

using nines::Json;
using nines::yaml::read_definition;
using nines::yaml::read_definitions;

namespace {

std::string findings_of(const nines::yaml::Reading& reading) {
  std::string all;
  for (const auto& f : reading.findings) {
    if (f.code == "UNSTABLE_VERSION") continue;  // said of every document of openslo.com/v2alpha
    all += f.code + "@" + std::to_string(f.span.line) + ":" + std::to_string(f.span.column) + " " +
           f.message + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("the sample documents have no finding and read to the model", "[yaml]") {
  for (const auto& sample : nines::test::kSamples) {
    const auto reading = read_definitions(sample.text, sample.name);
    INFO(sample.name);
    CHECK(findings_of(reading).empty());
    for (const auto& definition : reading.definitions) {
      CHECK(definition.valid);
      const auto again = read_definition(definition.json, "store");
      INFO(definition.json.dump());
      CHECK(findings_of(again).empty());
      REQUIRE(again.definitions.size() == 1);
      CHECK(again.definitions[0].name == definition.name);
      CHECK(again.definitions[0].json == definition.json);
      CHECK_FALSE(definition.json.canonical().empty());
    }
  }
}

TEST_CASE("an SLO reads to exact numbers", "[yaml]") {
  const auto reading = read_definitions(nines::test::kSloText, "slo.yaml");
  REQUIRE(reading.definitions.size() == 1);
  const auto& slo = std::get<nines::slo::Slo>(reading.definitions[0].object);
  CHECK(slo.name == "checkout-availability");
  CHECK(slo.service == "checkout");
  REQUIRE(slo.indicator);
  CHECK(slo.indicator->kind == nines::slo::Indicator::Kind::good_total);
  CHECK(slo.indicator->first.where() == "status < 500");
  REQUIRE(slo.objectives.size() == 1);
  CHECK(slo.objectives[0].target.percent_text() == "99.9");
  CHECK(slo.objectives[0].id == "checkout-main");
  CHECK(slo.window.rolling);
  CHECK(slo.window.length.to_string() == "30d");
  CHECK(slo.missing == nines::slo::MissingData::bad);
  const auto again = read_definition(reading.definitions[0].json, "store");
  CHECK(std::get<nines::slo::Slo>(again.definitions[0].object) == slo);
}
