// Three-way differences, their age, and the two by two of build and configuration.
#include "domain/rca/drift/drift.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;
using catalog::ConfigHealth;
using catalog::ConfigSnapshot;
using catalog::ConfigTree;
using catalog::ConfigType;

namespace {

ConfigTree tree(const char* value, ConfigType type = ConfigType::number) {
  return {{"a", {ConfigType::text, "same"}}, {"b", {type, value}}};
}

const Instant kNoon = *parse_rfc3339("2026-11-23T12:00:00Z");

ConfigSnapshot snapshot(const char* build, const char* value, ConfigHealth health,
                        Micros before = 0s) {
  ConfigSnapshot one;
  one.service = "s";
  one.build = build;
  one.health = health;
  one.at = kNoon - before;
  one.tree = tree(value);
  return one;
}

FaultVerdict verdict(const ConfigSnapshot& good, const ConfigSnapshot& bad,
                     const std::vector<ConfigSnapshot>& others) {
  return judge_fault(good, bad, compare_configurations(nullptr, good.tree, bad.tree), others);
}

}  // namespace

TEST_CASE("what differs is drift, intended, undelivered or in conflict", "[rca]") {
  const auto kind = [](const char* declared, const char* good, const char* observed) {
    const auto d = tree(declared), g = tree(good), o = tree(observed);
    const auto rows = compare_configurations(&d, g, o);
    return rows.empty() ? std::string() : std::string(to_string(rows.front().kind));
  };
  CHECK(kind("1", "1", "1").empty());
  CHECK(kind("1", "1", "2") == "drift");
  CHECK(kind("2", "1", "2") == "intended");
  CHECK(kind("2", "1", "1") == "undelivered");
  CHECK(kind("3", "1", "2") == "conflict");
  const ConfigTree nothing;
  const auto one = tree("1"), other = tree("2");
  CHECK(compare_configurations(&nothing, one, one).empty());
  CHECK(compare_configurations(&nothing, one, other).front().kind == DriftKind::drift);
  CHECK(compare_configurations(&nothing, one, nothing).front().kind == DriftKind::intended);
  const auto typed = compare_configurations(nullptr, tree("1"), tree("1", ConfigType::text));
  REQUIRE(typed.size() == 1);
  CHECK(typed[0].type_changed);
}

TEST_CASE("an old value is latent, a late one is innocent", "[rca]") {
  const auto age = [](std::vector<ConfigSnapshot> list) {
    auto rows = compare_configurations(nullptr, tree("1"), tree("2"));
    date_drift(rows, list, kNoon, 1h);
    return std::string(to_string(rows.front().age));
  };
  const auto at = [](const char* value, Micros before) {
    return snapshot("v1", value, ConfigHealth::unknown, before);
  };
  CHECK(age({at("1", 5h), at("2", 3h)}) == "latent");
  CHECK(age({at("1", 5h), at("2", 10min)}) == "near");
  CHECK(age({at("1", 5h), at("2", 3h), at("1", 40min)}) == "near");
  CHECK(age({at("1", -1min), at("2", -2min)}) == "after");
  CHECK(age({at("1", 5h)}) == "unknown");
  CHECK(age({}) == "unknown");
}

TEST_CASE("drift or defect needs every cell of the two by two", "[rca]") {
  using Answer = FaultVerdict::Answer;
  const auto good = snapshot("v1", "1", ConfigHealth::good);
  const auto bad = snapshot("v2", "2", ConfigHealth::bad);
  CHECK(verdict(good, snapshot("v1", "2", ConfigHealth::bad), {}).answer == Answer::drift);
  CHECK(verdict(good, snapshot("v2", "1", ConfigHealth::bad), {}).answer == Answer::defect);
  CHECK(verdict(good, snapshot("v1", "1", ConfigHealth::bad), {}).answer == Answer::neither);
  const auto missing = verdict(good, bad, {snapshot("v2", "1", ConfigHealth::good)});
  CHECK(missing.answer == Answer::undetermined);
  CHECK(missing.missing == std::vector<std::string>{"build v1 with the observed configuration"});
  const auto full = [&](ConfigHealth new_build, ConfigHealth new_config) {
    return verdict(good, bad, {snapshot("v2", "1", new_build), snapshot("v1", "2", new_config)})
        .answer;
  };
  CHECK(full(ConfigHealth::good, ConfigHealth::bad) == Answer::drift);
  CHECK(full(ConfigHealth::bad, ConfigHealth::good) == Answer::defect);
  CHECK(full(ConfigHealth::bad, ConfigHealth::bad) == Answer::both);
  CHECK(full(ConfigHealth::good, ConfigHealth::good) == Answer::interaction);
  CHECK(full(ConfigHealth::unknown, ConfigHealth::unknown) == Answer::undetermined);
  CHECK(verdict(snapshot("", "1", ConfigHealth::good), bad, {}).missing.size() == 1);
}

TEST_CASE("a snapshot reads back from its event", "[rca]") {
  const auto one = snapshot("v1", "1", ConfigHealth::bad);
  const auto read = catalog::config_snapshot_from(catalog::to_json(one));
  REQUIRE(read);
  CHECK(read->tree == one.tree);
  CHECK(read->health == one.health);
  CHECK_FALSE(catalog::config_snapshot_from(Json::object()));
}
