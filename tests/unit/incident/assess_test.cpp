// Rules over facts that are known, half known, or not known: worked-out answers, and properties.
#include "domain/incident/assess.hpp"

#include <catch2/catch.hpp>

#include "support/property.hpp"
#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::d;

namespace {

Known exactly(const char* text) { return Known::exactly(d(text), "test"); }
Known from(const char* low) { return {d(low), std::nullopt, "test"}; }
Known up_to(const char* high) { return {std::nullopt, d(high), "test"}; }
Known between(const char* low, const char* high) { return {d(low), d(high), "test"}; }

Condition when(Subject subject, Comparator comparator, const char* value) {
  return {subject, std::chrono::minutes{60}, comparator, d(value)};
}

/// Reach from 1000 on is SEV-2; exposed data is SEV-1, a war room, and legal; fast burn of a tier 0
/// service is an incident.
AssessPolicy policy() {
  AssessPolicy policy;
  policy.name = "test";
  policy.rules = {{"reach",
                   {when(Subject::reach, Comparator::at_least, "1000")},
                   {},
                   {Severity::sev2, true, false, {"communications"}}},
                  {"exposure",
                   {when(Subject::data_exposure, Comparator::is, "1")},
                   {},
                   {Severity::sev1, true, true, {"legal"}}},
                  {"burn",
                   {when(Subject::tier, Comparator::at_most, "0")},
                   {when(Subject::burn_rate, Comparator::above, "14.4"),
                    when(Subject::budget_spent, Comparator::at_least, "50")},
                   {Severity::sev3, true, false, {}}}};
  return policy;
}

AssessFacts facts_with(Known reach, Known exposure, Known tier, Known burn, Known spent) {
  AssessFacts facts;
  facts.reach = std::move(reach);
  facts.data_exposure = std::move(exposure);
  facts.tier = std::move(tier);
  facts.burn_rates[std::chrono::minutes{60}] = std::move(burn);
  facts.budget_spent = std::move(spent);
  return facts;
}

}  // namespace

TEST_CASE("conditions on intervals", "[assess]") {
  struct Row {
    Comparator comparator;
    Known fact;
    Truth expected;
  };
  const Row rows[] = {
      {Comparator::at_least, exactly("10"), Truth::yes},
      {Comparator::above, exactly("10"), Truth::no},
      {Comparator::at_most, exactly("10"), Truth::yes},
      {Comparator::below, exactly("10"), Truth::no},
      {Comparator::is, exactly("10"), Truth::yes},
      {Comparator::is, exactly("11"), Truth::no},
      {Comparator::at_least, from("10"), Truth::yes},
      {Comparator::at_least, from("9"), Truth::unknown},
      {Comparator::at_least, up_to("9"), Truth::no},
      {Comparator::at_least, up_to("10"), Truth::unknown},
      {Comparator::above, up_to("10"), Truth::no},
      {Comparator::at_most, up_to("10"), Truth::yes},
      {Comparator::at_most, from("10.1"), Truth::no},
      {Comparator::below, from("10"), Truth::no},
      {Comparator::below, between("9", "9.9"), Truth::yes},
      {Comparator::below, between("9", "10"), Truth::unknown},
      {Comparator::is, between("9", "11"), Truth::unknown},
      {Comparator::is, between("11", "12"), Truth::no},
      {Comparator::at_least, {}, Truth::unknown},
  };
  for (const auto& row : rows) {
    INFO(words_for(row.comparator) << " 10 of " << row.fact.text());
    CHECK(judge(when(Subject::reach, row.comparator, "10"), row.fact) == row.expected);
  }
}

TEST_CASE("a fired rule decides, an open one leaves open only what it could still change",
          "[assess]") {
  const auto all_known = judge(policy(), facts_with(exactly("1200"), exactly("0"), exactly("1"),
                                                    exactly("20"), exactly("10")));
  CHECK_FALSE(all_known.undecided());
  CHECK(all_known.severity == Severity::sev2);
  CHECK(all_known.incident == Truth::yes);
  CHECK(all_known.war_room == Truth::no);
  CHECK(all_known.tell.at("legal") == Truth::no);
  CHECK(summary(all_known) == "SEV-2, an incident, no war room, tell communications");

  // Exposure unknown: severity, war room and legal stay open; being an incident does not.
  const auto exposure_open = judge(policy(), facts_with(exactly("1200"), {}, exactly("1"), {}, {}));
  CHECK(exposure_open.incident == Truth::yes);
  CHECK(exposure_open.war_room == Truth::unknown);
  CHECK(exposure_open.tell.at("legal") == Truth::unknown);
  CHECK(exposure_open.could_be == Severity::sev1);
  REQUIRE(exposure_open.deciding.size() == 1);
  CHECK(exposure_open.deciding[0].subject == Subject::data_exposure);

  // An open rule that could change nothing is no reason to ask.
  const auto worst = judge(policy(), facts_with({}, exactly("1"), exactly("0"), {}, {}));
  CHECK(worst.severity == Severity::sev1);
  REQUIRE(worst.deciding.size() == 1);
  CHECK(worst.deciding[0].subject == Subject::reach);  // communications may have to be told

  // One of 'anyOf' suffices.
  const auto spent =
      judge(policy(), facts_with(exactly("0"), exactly("0"), exactly("0"), {}, exactly("50")));
  CHECK_FALSE(spent.undecided());
  CHECK(spent.severity == Severity::sev3);
}

TEST_CASE("nothing known: everything undecided, nothing assumed", "[assess]") {
  const auto nothing = judge(policy(), AssessFacts{});
  CHECK(nothing.undecided());
  CHECK_FALSE(nothing.severity);
  CHECK(nothing.incident == Truth::unknown);
  CHECK(nothing.war_room == Truth::unknown);
  CHECK(nothing.deciding.size() == 5);
}

TEST_CASE("a decided answer stays whatever the unknown facts turn out to be", "[assess]") {
  test::holds([] {
    const auto maybe = [](int most) {
      return *rc::gen::inRange(0, 2) == 0
                 ? Known{}
                 : Known::exactly(Decimal(*rc::gen::inRange(0, most), 0), "");
    };
    auto facts = facts_with(maybe(2000), maybe(2), maybe(3), maybe(30), maybe(100));
    const auto before = judge(policy(), facts);
    const auto fill = [](Known& known, int most) {
      if (known.unknown()) known = Known::exactly(Decimal(*rc::gen::inRange(0, most), 0), "");
    };
    fill(facts.reach, 2000);
    fill(facts.data_exposure, 2);
    fill(facts.tier, 3);
    fill(facts.burn_rates[std::chrono::minutes{60}], 30);
    fill(facts.budget_spent, 100);
    const auto after = judge(policy(), facts);
    RC_ASSERT(!after.undecided());
    if (before.incident != Truth::unknown) RC_ASSERT(before.incident == after.incident);
    if (before.war_room != Truth::unknown) RC_ASSERT(before.war_room == after.war_room);
    for (const auto& [role, truth] : before.tell)
      if (truth != Truth::unknown) RC_ASSERT(after.tell.at(role) == truth);
    if (!before.undecided()) RC_ASSERT(before.severity == after.severity);
    // Worse than what could be, it never gets.
    if (after.severity && before.severity != after.severity)
      RC_ASSERT(before.could_be && *before.could_be <= *after.severity);
  });
}
