// The escalation engine against a table of cases worked out by hand, and its promises in general.
#include "domain/incident/escalation.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>

#include "domain/incident/escalation_simulation.hpp"
#include "unit/oncall/escalation_cases.hpp"

namespace {

using namespace nines;
using namespace nines::incident;
using test::EscalationCase;
using test::EscalationTable;

const EscalationTable& table() {
  static const EscalationTable kTable = test::read_escalation_table();
  return kTable;
}

Surroundings around_of(const EscalationCase& one) {
  Surroundings around;
  around.people = [&one](const Target& target, Instant at) -> std::vector<std::string> {
    if (target.kind == TargetKind::person) return {target.name};
    if (target.kind == TargetKind::team) {
      const auto team = one.teams.find(target.name);
      return team == one.teams.end() ? std::vector<std::string>{} : team->second;
    }
    if (target.kind == TargetKind::role) {
      const auto role = one.roles.find(target.name);
      return role == one.roles.end() ? std::vector<std::string>{} : std::vector{role->second};
    }
    std::vector<std::string> people;
    for (const auto& duty : one.duties)
      if (duty.rota == target.name && duty.from <= at) people = duty.people;
    return people;
  };
  around.zone_of = [&one](const std::string& person) -> std::optional<Zone> {
    const auto zone = one.zones.find(person);
    return zone == one.zones.end() ? std::nullopt : Zone::find(zone->second);
  };
  around.policy = [](const std::string& name, std::string&) -> const EscalationPolicy* {
    const auto found = table().policies.find(name);
    return found == table().policies.end() ? nullptr : &found->second;
  };
  around.last_told = one.last;
  around.triggers = {one.start};
  return around;
}

std::string line_of(const Occurrence& one) {
  std::string line = format_utc(one.at) + " " + std::string(to_string(one.what));
  if (!one.step.empty()) line += " " + one.step;
  std::string people;
  for (const auto& call : one.calls)
    people += (people.empty() ? "" : ",") + call.person +
              (call.channel == "page" ? "" : "/" + call.channel);
  return people.empty() ? line : line + " " + people;
}

/// Plays a case: what was scripted for an instant happens before what falls due then.
std::vector<std::string> play(const EscalationCase& one) {
  auto around = around_of(one);
  auto severity = one.severity;
  auto state = start_escalation(table().policies.at(one.policy), "v", severity, one.start);
  std::vector<std::string> lines;
  auto script = one.script;
  std::size_t done = 0;
  auto now = one.start;
  for (int round = 0; round < 1000; ++round) {
    for (; done < script.size() && script[done].at <= now; ++done) {
      const auto& policy = table().policies.at(state.policy);
      if (script[done].what == "ack")
        state = acknowledge(policy, state, script[done].who, script[done].at);
      if (script[done].what == "trigger") around.triggers.push_back(script[done].at);
      if (script[done].what == "severity") severity = *severity_from(script[done].who);
    }
    auto decision = decide(table().policies.at(state.policy), state, severity, around, now);
    for (const auto& happened : decision.occurred) lines.push_back(line_of(happened));
    state = decision.after;
    // A state that is stored and read back is the same.
    CHECK(escalation_state_from(to_json(state)) == state);
    // What was just done is not done again.
    CHECK(decide(table().policies.at(state.policy), state, severity, around, now).occurred.empty());
    auto next = decision.wake;
    if (done < script.size() && (!next || script[done].at < *next)) next = script[done].at;
    if (!next) break;
    REQUIRE(*next > now);
    now = *next;
  }
  if (state.phase != Phase::exhausted) lines.emplace_back("waits");
  return lines;
}

Surroundings alone() {
  Surroundings around;
  around.people = [](const Target& target, Instant) { return std::vector{target.name}; };
  around.zone_of = [](const std::string&) { return std::optional<Zone>(); };
  return around;
}

}  // namespace

TEST_CASE("escalation: the table of cases") {
  CHECK(table().cases.size() >= 60);
  for (const auto& one : table().cases) {
    INFO(one.title);
    CHECK(play(one) == one.expected);
  }
}

TEST_CASE("escalation: a late look gives everybody their time") {
  const auto& policy = table().policies.at("basic");
  const auto start = *parse_rfc3339("2026-11-23T02:00:00Z");
  auto around = alone();
  auto state = start_escalation(policy, "v", incident::Severity::sev1, start);
  state = decide(policy, state, incident::Severity::sev1, around, start).after;
  // Nobody looked for an hour: one step is taken, not all three.
  const auto late = start + std::chrono::hours{1};
  const auto decision = decide(policy, state, incident::Severity::sev1, around, late);
  REQUIRE(decision.occurred.size() == 1);
  CHECK(decision.occurred[0].step == "secondary");
  CHECK(decision.wake == late + std::chrono::minutes{15});
}

TEST_CASE("escalation: a person who asks gets the next step at once") {
  const auto& policy = table().policies.at("basic");
  const auto start = *parse_rfc3339("2026-11-23T02:00:00Z");
  auto around = alone();
  auto state = decide(policy, start_escalation(policy, "v", incident::Severity::sev1, start), incident::Severity::sev1,
                      around, start)
                   .after;
  const auto soon = start + std::chrono::seconds{10};
  auto decision = decide_at_once(policy, state, incident::Severity::sev1, around, soon);
  REQUIRE(decision.occurred.size() == 1);
  CHECK(decision.occurred[0].step == "secondary");
  SECTION("also when somebody has answered") {
    state = acknowledge(policy, decision.after, "bo", soon);
    decision = decide_at_once(policy, state, incident::Severity::sev1, around, soon);
    REQUIRE(decision.occurred.size() == 1);
    CHECK(decision.occurred[0].step == "manager");
  }
  SECTION("and an exhausted policy begins again") {
    decision.after.phase = Phase::exhausted;
    decision = decide_at_once(policy, decision.after, incident::Severity::sev1, around, soon);
    REQUIRE(decision.occurred.size() == 2);
    CHECK(decision.occurred[0].what == Happening::restarted);
    CHECK(decision.occurred[1].step == "primary");
  }
  SECTION("but finds nobody without end where nobody is") {
    around.people = [](const Target&, Instant) { return std::vector<std::string>(); };
    const auto& endless = table().policies.at("for-ever");
    decision = decide_at_once(endless, start_escalation(endless, "v", incident::Severity::sev1, start),
                              incident::Severity::sev1, around, start);
    CHECK(decision.occurred.size() <= 2);
    CHECK(decision.wake == start + std::chrono::minutes{1});
  }
}

TEST_CASE("escalation: a policy without waits does not go round at one instant") {
  EscalationPolicy policy;
  policy.name = "p";
  policy.repeat_until_acknowledged = true;
  EscalationStep one;
  one.name = "one";
  one.notify = {{TargetKind::person, "ada"}};
  policy.steps.push_back(one);
  const auto simulation =
      simulate(policy, {*parse_rfc3339("2026-11-23T02:00:00Z"), incident::Severity::sev1, {}}, alone());
  CHECK_FALSE(simulation.complete);
  for (std::size_t i = 1; i < simulation.occurred.size(); ++i)
    CHECK(simulation.occurred[i - 1].at <= simulation.occurred[i].at);
}

TEST_CASE("escalation: pages never run backwards, and each run ends or waits") {
  rc::check([] {
    EscalationPolicy policy;
    policy.name = "p";
    const auto steps = *rc::gen::inRange(1, 5);
    for (int i = 0; i < steps; ++i) {
      EscalationStep step;
      step.name = "s" + std::to_string(i);
      step.delay = std::chrono::minutes{*rc::gen::inRange(0, 30)};
      step.answer_within = std::chrono::minutes{*rc::gen::inRange(0, 30)};
      step.wait_until = static_cast<When>(*rc::gen::inRange(0, 3));
      step.hours = static_cast<When>(*rc::gen::inRange(0, 3));
      step.round_robin = *rc::gen::arbitrary<bool>();
      step.notify = {{TargetKind::person, "a"}, {TargetKind::person, "b"}};
      policy.steps.push_back(std::move(step));
    }
    Hours hours;
    hours.zone = *Zone::find("Europe/Berlin");
    hours.windows = {{0x1F, std::chrono::hours{9}, std::chrono::hours{17}}};
    policy.hours = hours;
    policy.repeat = *rc::gen::inRange(0, 4);
    const Instant start{std::chrono::minutes{*rc::gen::inRange(29'300'000, 30'000'000)}};
    const auto simulation = simulate(policy, {start, incident::Severity::sev1, {}}, alone());
    auto last = start;
    for (const auto& one : simulation.occurred) {
      RC_ASSERT(one.at >= last);
      last = one.at;
      if (one.what == Happening::paged) RC_ASSERT(!one.calls.empty());
    }
    RC_ASSERT(simulation.end.phase == Phase::exhausted || !simulation.complete ||
              !simulation.waiting.empty());
  });
}
