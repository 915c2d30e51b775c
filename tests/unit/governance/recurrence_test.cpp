// Incidents that share causes: what joins them, what does not, and the action that came too late.
#include <catch2/catch.hpp>

#include "base/day.hpp"
#include "domain/governance/recurrence.hpp"

using namespace nines;
using namespace nines::governance;
using namespace std::chrono;

namespace {

Uid numbered_uid(std::uint8_t number) {
  Uid uid;
  uid.bytes[15] = number;
  return uid;
}

TraitsOf incident_of(std::uint8_t number, std::vector<Trait> traits,
                     std::optional<double> minutes = std::nullopt) {
  TraitsOf one;
  one.uid = numbered_uid(number);
  one.name = "INC-" + std::to_string(number);
  one.opened_at = Instant{sys_days{2026y / July / 1}} + days{7 * number};
  std::sort(traits.begin(), traits.end());
  one.traits = std::move(traits);
  one.bad_minutes = minutes;
  return one;
}

const Trait kPoolFactor{TraitKind::factor, "pool"};
const Trait kPoolSetting{TraitKind::component, "pool.orders.max"};
const Trait kCheckout{TraitKind::service, "checkout"};
const Trait kSearch{TraitKind::service, "search"};
const Trait kWord{TraitKind::word, "morning"};

/// Six others that have nothing in common: what is rare weighs more.
std::vector<TraitsOf> among_others(std::vector<TraitsOf> some) {
  for (std::uint8_t i = 0; i < 6; ++i)
    some.push_back(incident_of(static_cast<std::uint8_t>(20 + i),
                               {{TraitKind::service, "s" + std::to_string(i)}}));
  return some;
}

remediate::Action action_for(std::uint8_t incident, Instant at, const std::string& due) {
  remediate::Action action;
  action.uid = numbered_uid(100);
  action.name = "ACT-1";
  action.incident = numbered_uid(incident);
  action.at = at;
  action.fields = {{"title", "check the limit"}, {"due", due}};
  return action;
}

}  // namespace

TEST_CASE("a shared factor and component join two incidents, a word alone does not") {
  const auto all = among_others({incident_of(1, {kPoolFactor, kPoolSetting, kCheckout}),
                                 incident_of(4, {kPoolFactor, kPoolSetting, kCheckout}),
                                 incident_of(5, {kWord, kSearch}), incident_of(6, {kWord})});
  const auto causes = shared_causes(all, {});
  REQUIRE(causes.size() == 1);
  REQUIRE(causes[0].incidents.size() == 2);
  CHECK(causes[0].incidents[0].name == "INC-1");
  CHECK(causes[0].evidence[0].trait == kPoolFactor);
  // 3 ln(11 / 2.5) for what two of ten have, 2 ln and 1 ln for the others.
  CHECK(causes[0].strength == Approx(6 * std::log(11 / 2.5)));
  CHECK(causes[0].actions.empty());
}

TEST_CASE("what every incident has says nothing") {
  std::vector<TraitsOf> all;
  for (std::uint8_t i = 1; i < 8; ++i) all.push_back(incident_of(i, {kCheckout, kPoolSetting}));
  CHECK(shared_causes(all, {}).empty());
}

TEST_CASE("the earlier action comes first, with how late it was") {
  const auto all = among_others({incident_of(1, {kPoolFactor, kPoolSetting, kCheckout}, 30.0),
                                 incident_of(9, {kPoolFactor, kPoolSetting, kCheckout}, 12.0)});
  const auto added = all[0].opened_at + days{1};
  const auto causes = shared_causes(all, {action_for(1, added, "2026-08-14")});
  REQUIRE(causes.size() == 1);
  REQUIRE(causes[0].actions.size() == 1);
  // INC-9 came on 2026-09-02.
  CHECK(causes[0].actions[0].state == "open, 19 days late when INC-9 came, open today");
  CHECK(causes[0].bad_minutes == Approx(42.0));
  auto done = action_for(1, added, "2026-08-14");
  done.state = remediate::ActionState::done;
  done.closed_at = added + days{20};
  CHECK(shared_causes(all, {done})[0].actions[0].state ==
        "done on 2026-07-29, and INC-9 came all the same");
  CHECK(shared_causes(all, {action_for(9, all[1].opened_at + days{1}, "2026-12-01")})[0]
            .actions.empty());
}

TEST_CASE("debt is weighted by bad minutes, and what is not measured is no zero") {
  const auto all = among_others({incident_of(1, {kPoolSetting, kCheckout}, 30.0),
                                 incident_of(2, {kPoolSetting, kCheckout}),
                                 incident_of(3, {kSearch}, 10.0), incident_of(4, {kSearch})});
  const auto debt = debt_of(all, {action_for(2, all[1].opened_at, "2026-09-01")});
  REQUIRE(debt.size() == 3);
  CHECK(debt[0].trait == kPoolSetting);
  CHECK(debt[0].bad_minutes == Approx(30.0));
  CHECK(debt[0].measured == 1);
  CHECK(debt[0].share == Approx(0.75));
  CHECK(debt[0].open_actions == std::vector<std::string>{"ACT-1"});
  CHECK(debt[2].trait == kSearch);
  CHECK(debt[2].open_actions.empty());
}
