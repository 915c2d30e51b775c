// Field-by-field comparison of definitions.
#include "domain/slo/revision.hpp"

#include "support/property.hpp"

using namespace nines;
using namespace nines::slo;

namespace {

Json document_with(const char* objectives) {
  return Json::parse(
      std::string(R"({"kind":"SLO","spec":{"objectives":)") + objectives +
      R"(,"service":"shop"},"metadata":{"name":"checkout"},"apiVersion":"openslo/v1"})");
}

}  // namespace

TEST_CASE("fields come in the order people write them") {
  const auto fields = fields_of(document_with(R"([{"target":"0.999","op":"lte","value":5}])"));
  std::string paths;
  for (const auto& field : fields) paths += field.path + "=" + field.value + ";";
  CHECK(paths ==
        "apiVersion=openslo/v1;kind=SLO;metadata.name=checkout;spec.service=shop;"
        "spec.objectives[0].target=0.999;spec.objectives[0].op=lte;spec.objectives[0].value=5;");
}

TEST_CASE("quoted numbers, nulls and empty collections stay told apart") {
  const auto fields =
      fields_of(Json::parse(R"({"a":{"$text":"1.5"},"b":"1.5","c":null,"d":{},"e":[],"f":true})"));
  std::string values;
  for (const auto& field : fields) values += field.value + ";";
  CHECK(values == "\"1.5\";1.5;null;{};[];true;");
}

TEST_CASE("a changed target is one change, and a number") {
  const auto changes = changes_between(document_with(R"([{"target":"0.999"}])"),
                                       document_with(R"([{"target":"0.9995"}])"));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0] == FieldChange{"spec.objectives[0].target", "0.999", "0.9995"});
  CHECK(changes_a_number(changes));
}

TEST_CASE("named items keep their identity when another comes before them") {
  const auto changes = changes_between(
      document_with(R"([{"displayName":"slow","target":"0.9"}])"),
      document_with(
          R"([{"displayName":"fast","target":"0.5"},{"displayName":"slow","target":"0.9"}])"));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].path == "spec.objectives[fast].displayName");
  CHECK(changes[1] == FieldChange{"spec.objectives[fast].target", std::nullopt, "0.5"});
}

TEST_CASE("words need no reason, numbers in any guise do") {
  const auto number = [](const char* path, const char* before, const char* after) {
    return changes_a_number(FieldChange{path, before, after});
  };
  CHECK(number("spec.timeWindow[0].duration", "30d", "7d"));
  CHECK(number("spec.indicator.spec.where", "status < 500", "status < 400"));
  CHECK_FALSE(number("spec.indicator.spec.where", "status < 500", "status <500"));
  CHECK_FALSE(number("spec.description", "top 5", "top 10"));
  CHECK_FALSE(number("spec.objectives[0].displayName", "99", "99.9"));
  CHECK_FALSE(number("metadata.labels.team", "a", "b"));
  CHECK(changes_a_number(FieldChange{"spec.target", std::nullopt, "0.9"}));
  CHECK_FALSE(changes_a_number(FieldChange{"spec.service", std::nullopt, "shop"}));
}

TEST_CASE("a new and a gone document are all additions and all removals") {
  const auto document = document_with(R"([{"target":"0.9"}])");
  for (const auto& change : changes_between(Json(), document))
    CHECK_FALSE(change.before.has_value());
  for (const auto& change : changes_between(document, Json()))
    CHECK_FALSE(change.after.has_value());
  CHECK(changes_between(document, document).empty());
}

TEST_CASE("changes are none exactly when documents are equal, and turn around") {
  test::holds(
      [](const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
        Json x = Json::object();
        Json y = Json::object();
        for (const auto& [key, value] : a) x.set("k" + key, value);
        for (const auto& [key, value] : b) y.set("k" + key, value);
        RC_ASSERT(changes_between(x, x).empty());
        RC_ASSERT(changes_between(x, y).size() == changes_between(y, x).size());
        RC_ASSERT(changes_between(x, y).empty() == (x.canonical() == y.canonical()));
      });
}
