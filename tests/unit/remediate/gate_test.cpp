// The gate: three-valued rules, what stops first, overrides, freezes by the wall clock.
#include "domain/remediate/gate.hpp"

#include <catch2/catch.hpp>

#include "domain/remediate/freeze.hpp"

namespace {

using namespace nines;
using namespace nines::remediate;

const Instant kNow = *parse_rfc3339("2026-11-23T09:00:00Z");

GateObjective objective(double spent, std::string service = "checkout") {
  GateObjective o;
  o.slo = service + "-availability";
  o.service = std::move(service);
  o.events = 100'000;
  o.fewest = 1000;
  o.spent = spent;
  o.data_to = kNow;
  o.data_limit = std::chrono::hours{7};
  return o;
}

GateRule rule(const char* name, GateEffect effect, double limit) {
  GateRule r;
  r.name = name;
  r.effect = effect;
  r.when = {{GateFact::budget_spent, {}, *Decimal::parse(std::to_string(limit)), {}}};
  return r;
}

BudgetPolicy policy_of(std::vector<GateRule> rules) {
  BudgetPolicy policy;
  policy.name = "default";
  policy.rules = std::move(rules);
  return policy;
}

GateFacts facts_of(std::vector<GateObjective> objectives) {
  GateFacts facts;
  facts.at = kNow;
  facts.objectives = std::move(objectives);
  return facts;
}

GateOutcome outcome(const BudgetPolicy& policy, const GateFacts& facts, GateRequest request = {}) {
  return judge_gate(policy, facts, request, kNow).outcome;
}

TEST_CASE("a gate's outcome is the strictest that is certain", "[gate]") {
  const auto block = policy_of({rule("spent", GateEffect::block, 100)});
  const auto ask = policy_of({rule("half", GateEffect::approval, 50)});
  const auto both = policy_of(
      {rule("half", GateEffect::approval, 50), rule("spent", GateEffect::block, 100)});
  CHECK(outcome(block, facts_of({objective(99.9)})) == GateOutcome::allow);
  CHECK(outcome(block, facts_of({objective(100)})) == GateOutcome::blocked);
  CHECK(outcome(ask, facts_of({objective(60)})) == GateOutcome::approval);
  CHECK(outcome(both, facts_of({objective(60)})) == GateOutcome::approval);
  CHECK(outcome(both, facts_of({objective(160)})) == GateOutcome::blocked);
  CHECK(outcome(both, facts_of({objective(10), objective(160, "cart")})) == GateOutcome::blocked);
  CHECK(outcome(both, facts_of({objective(10), objective(160, "cart")}), {{"checkout"}, {}}) ==
        GateOutcome::allow);
}

TEST_CASE("what is not known neither stops nor passes", "[gate]") {
  auto policy = policy_of({rule("spent", GateEffect::block, 100)});
  auto old = objective(10);
  old.data_to = kNow - std::chrono::hours{8};
  auto few = objective(500);
  few.events = 999;
  auto none = objective(0);
  none.spent.reset();
  none.data_to.reset();
  for (const auto& doubtful : {old, few, none}) {
    policy.when_unknown = WhenUnknown::undecided;
    CHECK(outcome(policy, facts_of({doubtful})) == GateOutcome::undecided);
    CHECK(outcome(policy, facts_of({doubtful, objective(160, "cart")})) == GateOutcome::blocked);
    policy.when_unknown = WhenUnknown::block;
    CHECK(outcome(policy, facts_of({doubtful})) == GateOutcome::blocked);
    CHECK(judge_gate(policy, facts_of({doubtful}), {}, kNow).by_rule_of_unknown);
    policy.when_unknown = WhenUnknown::allow;
    CHECK(outcome(policy, facts_of({doubtful})) == GateOutcome::allow);
    CHECK(judge_gate(policy, facts_of({doubtful}), {}, kNow).by_rule_of_unknown);
  }
  policy.when_unknown = WhenUnknown::undecided;
  policy.longest_data_age = std::chrono::hours{9};
  policy.fewest_events = 900;
  CHECK(outcome(policy, facts_of({old})) == GateOutcome::allow);
  CHECK(outcome(policy, facts_of({few})) == GateOutcome::blocked);
  // Nothing measured at all, and a service that nothing measures.
  CHECK(outcome(policy, facts_of({})) == GateOutcome::undecided);
  CHECK(outcome(policy, facts_of({objective(1)}), {{"search"}, {}}) == GateOutcome::undecided);
}

TEST_CASE("one condition that is no decides, whatever the others are", "[gate]") {
  auto both = rule("both", GateEffect::block, 100);
  both.when.push_back({GateFact::open_incident, {}, {}, incident::Severity::sev2});
  const auto policy = policy_of({both});
  auto facts = facts_of({objective(160)});
  CHECK(outcome(policy, facts) == GateOutcome::allow);
  facts.services = {{"checkout", incident::Severity::sev3, {}, {"INC-1"}, {}}};
  CHECK(outcome(policy, facts) == GateOutcome::allow);
  facts.services.front().undetermined = "INC-2";
  CHECK(outcome(policy, facts) == GateOutcome::undecided);
  facts.services.front().worst = incident::Severity::sev1;
  CHECK(outcome(policy, facts) == GateOutcome::blocked);
}

TEST_CASE("an override holds for its rules, its services, its time and its approvers", "[gate]") {
  auto strict = rule("spent", GateEffect::block, 100);
  strict.approvers = {"grace"};
  const auto policy = policy_of({strict});
  auto facts = facts_of({objective(160)});
  GateOverride one{{},      "OVR-1", "default", {},
                   {},      "grace", "seen",    kNow,
                   kNow + std::chrono::hours{1}};
  const auto with = [&](const GateOverride& override) {
    facts.overrides = {override};
    return outcome(policy, facts);
  };
  CHECK(with(one) == GateOutcome::allow);
  auto other = one;
  other.by = "ada";
  CHECK(with(other) == GateOutcome::blocked);
  CHECK(judge_gate(policy, facts, {}, kNow).notes.size() == 1);
  other = one;
  other.until = kNow;
  CHECK(with(other) == GateOutcome::blocked);
  other = one;
  other.services = {"cart"};
  CHECK(with(other) == GateOutcome::blocked);
  other = one;
  other.rules = {"another"};
  CHECK(with(other) == GateOutcome::blocked);
  other = one;
  other.policy = "another";
  CHECK(with(other) == GateOutcome::blocked);
}

TEST_CASE("a freeze stops what is not exempt until it is named in an override", "[gate]") {
  const auto policy = policy_of({rule("spent", GateEffect::block, 100)});
  auto facts = facts_of({objective(1)});
  facts.freezes = {{"xmas", "", {}, {"security"}, kNow, kNow + std::chrono::hours{1}}};
  CHECK(outcome(policy, facts) == GateOutcome::blocked);
  CHECK(outcome(policy, facts, {{}, "security"}) == GateOutcome::allow);
  GateOverride one{{}, "OVR-1", "default", {}, {}, "a", "b", kNow, kNow + std::chrono::hours{1}};
  facts.overrides = {one};
  CHECK(outcome(policy, facts) == GateOutcome::blocked);
  facts.overrides.front().rules = {"freeze xmas"};
  CHECK(outcome(policy, facts) == GateOutcome::allow);
  facts.overrides.front().services = {"checkout"};
  CHECK(outcome(policy, facts) == GateOutcome::blocked);  // all services are meant
  CHECK(outcome(policy, facts, {{"checkout"}, {}}) == GateOutcome::allow);
}

TEST_CASE("facts survive their journey", "[gate]") {
  auto facts = facts_of({objective(12.5), objective(0, "cart")});
  facts.objectives[0].burns = {{std::chrono::minutes{60}, 1.5}};
  facts.objectives[0].unanswered = 20.25;
  facts.objectives[0].unanswered_incident = "INC-1";
  facts.objectives[1].spent.reset();
  facts.objectives[1].data_to.reset();
  facts.objectives[1].problem = "no data \" <b>";
  facts.services = {{"checkout", incident::Severity::sev2, "INC-2", {"INC-1"}, {"ACT-1"}}};
  facts.overrides = {{{}, "OVR-1", "p", {"r"}, {"s"}, "ada", "b", kNow, kNow + Micros{1}}};
  facts.freezes = {{"xmas", "why", {"cart"}, {"security"}, kNow, kNow + Micros{1}}};
  const auto back = gate_facts_from(Json::parse(to_json(facts).dump()));
  REQUIRE(back);
  CHECK(*back == facts);
  CHECK_FALSE(gate_facts_from(Json::object()));
}

TEST_CASE("a freeze is placed by the wall clock", "[gate]") {
  const auto paris = *Zone::find("Europe/Paris");
  const auto local = [](int day, int hour) {
    return LocalTime{std::chrono::local_days{std::chrono::year{2026} / 3 / day} +
                     std::chrono::hours{hour}};
  };
  ChangeFreeze freeze;
  freeze.name = "spring";
  freeze.zone = "Europe/Paris";
  // The clocks jump from 02:00 to 03:00 on 29 March 2026.
  freeze.periods = {{local(28, 22), local(29, 6)}};
  freeze.weekly = {{1U << 5, std::chrono::hours{18}, std::chrono::hours{6}}};  // Saturday night
  const auto spans = freeze_spans(freeze, paris,
                                  {*parse_rfc3339("2026-03-27T00:00:00Z"),
                                   *parse_rfc3339("2026-04-06T00:00:00Z")});
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].from == *parse_rfc3339("2026-03-28T17:00:00Z"));
  CHECK(spans[0].to == *parse_rfc3339("2026-03-29T04:00:00Z"));  // eleven hours, not twelve
  CHECK(spans[1].from == *parse_rfc3339("2026-03-28T21:00:00Z"));
  CHECK(spans[1].to == *parse_rfc3339("2026-03-29T04:00:00Z"));
  CHECK(spans[2].from == *parse_rfc3339("2026-04-04T16:00:00Z"));
  CHECK(spans[2].to == *parse_rfc3339("2026-04-05T04:00:00Z"));
}

}  // namespace
