// Paging when it goes wrong: interrupted, overtaken, without an address.
#include <algorithm>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/escalations.hpp"
#include "store/reminders.hpp"
#include "unit/usecases_incident/shop.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/paging/escalate.hpp"
#include "usecases/tick/tick.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::incident::PageResult;
using nines::test::kPolicy;
using nines::test::Shop;

TEST_CASE("paging: a signal while a page goes out ends the run, once that is recorded") {
  Shop shop;
  shop.write_channels("page: {command: [sh, -c, \"kill -TERM $PPID; sleep 9\"]}\n");
  shop.open();
  auto session = shop.session();
  auto text = std::string(kPolicy);
  Shop::apply(session, text.replace(text.find("{person: ada}"), 13, "{person: ada}, {person: bo}"));
  CHECK_THROWS_AS(escalate_incident(session, {}, shop.setup(), false), Error);
  const auto count = [&](PageResult result) {
    const auto pages = store::pages(session.store(), {});
    return std::count_if(pages.begin(), pages.end(),
                         [&](const auto& page) { return page.result == result; });
  };
  CHECK(count(PageResult::unresolved) == 1);
  CHECK(count(PageResult::failed) == 1);  // the next person is not tried
  CHECK_FALSE(tick(session, shop.setup(), false).did_something());
}

TEST_CASE("paging: a reminder whose sender ended is told of once") {
  Shop shop;
  auto session = shop.session();
  store::Reminder reminder{"update", "INC-1", "the next update", shop.now, "ada", "mail"};
  reminder.result = "intended";
  {
    store::Transaction tx(session.store(), "ada", "test", "a test");
    tx.append(store::reminder_given(reminder));
    tx.commit();
  }
  CHECK(tick(session, shop.setup(), false).unresolved_reminders.empty());
  shop.now += std::chrono::minutes{4};
  CHECK(tick(session, shop.setup(), false).unresolved_reminders.size() == 1);
  CHECK(tick(session, shop.setup(), false).unresolved_reminders.empty());
}

TEST_CASE("paging: a reminder takes the first channel, as written, that leads to the person") {
  Shop shop;
  shop.write_channels(
      "reminder: {command: [\"true\", \"{address}\"]}\n  mail: {command: [\"true\"]}\n"
      "  call: {command: [\"true\"]}\npeople: {ada: {call: x, mail: y}}\n");
  const auto head = shop.open();
  auto session = shop.session();
  CHECK(Pager(session, shop.setup()).prepare_notice(head, "ada", "x").channel == "mail");
}

TEST_CASE("calls: what another run called meanwhile is not called again") {
  Shop shop;
  auto session = shop.session();
  OpenRequest request{.title = "checkout is down"};
  request.severity = incident::Severity::sev1;
  request.services = {"checkout"};
  open_incident(session, request, false);
  Shop::apply(session,
              "apiVersion: nines/v1\nkind: AssessmentPolicy\nmetadata: {name: default}\nspec:\n"
              "  description: Who is called.\n"
              "  rules:\n"
              "    - {name: money, anyOf: [{fact: lostRevenue, atLeast: 20000}], then: {tell: "
              "[executives]}}\n"
              "  roles: [{name: executives, people: [eve, finn]}]\n"
              "  thresholds:\n"
              "    - {name: long, of: minutes, atLeast: 20, call: executives, within: 10m}\n");
  shop.now += std::chrono::minutes{21};
  auto impact = incident_impact(session, {});
  CHECK(make_calls(session, impact, false).opened.size() == 1);
  CHECK(make_calls(session, impact, false).opened.empty());
  shop.now += std::chrono::minutes{11};
  impact = incident_impact(session, {});
  CHECK(make_calls(session, impact, false).passed_on.size() == 1);
  CHECK(make_calls(session, impact, false).passed_on.empty());
}

TEST_CASE("tick: what fails for one keeps nothing else back, but an interruption ends it") {
  Problems problems;
  problems.attempt("ask", "ASK-1", [] { throw Error(ExitCode::busy, "busy"); });
  problems.attempt("ask", "ASK-2", [] {});
  CHECK_THROWS_AS(problems.attempt("ask", "", [] { throw Error(ExitCode::interrupted, "stop"); }),
                  Error);
  CHECK(problems.take().size() == 1);
}

TEST_CASE("paging: what duty needs and cannot be used is named, one line each") {
  Shop shop;
  auto session = shop.session();
  CHECK(tick(session, shop.setup(), false).unusable.empty());
  Shop::apply(session, R"(apiVersion: nines/v1
kind: EscalationPolicy
metadata: {name: night}
spec:
  description: Names what is not there.
  handoff: nowhere
  hours:
    zone: UTC
    windows: [{days: mon-fri, from: "09:00", to: "17:00"}]
    calendars: [holidays]
  steps:
    - {name: duty, delay: 0s, acknowledgeWithin: 1m, channel: fax, notify: [{rota: ghosts}, {team: us}]}
)");
  Shop::apply(session, R"(apiVersion: nines/v1
kind: Team
metadata: {name: us}
spec: {members: [], rota: ghosts, escalationPolicy: gone}
)");
  const std::vector<std::string> expected{
      "team 'us' names the rota 'ghosts', which is not applied",
      "team 'us' names the policy 'gone', which is not applied",
      "policy 'night' names the calendar 'holidays', which is not applied: its days count as "
      "working days",
      "policy 'night', step 'duty', reaches nobody by rota 'ghosts', which is not applied",
      "policy 'night', step 'duty', reaches nobody by team 'us', which has no members",
      "policy 'night' hands over to policy 'nowhere', which is not applied",
      "policy 'night' pages by channel 'fax', which channels.yaml does not have: such pages fail"};
  CHECK(tick(session, shop.setup(), false).unusable == expected);
}

TEST_CASE("paging: a definition that can no longer be read is named") {
  Shop shop;
  auto session = shop.session();
  store::Transaction tx(session.store(), "ada", "test", "a test");
  tx.append(store::definition_applied(
      {.kind = "Calendar",
       .name = "old",
       .api_version = "nines/v0",
       .path = "old.yaml",
       .document = Json::object({{"apiVersion", "nines/v0"}, {"kind", "Almanac"}})}));
  tx.commit();
  CHECK(tick(session, shop.setup(), false).unusable ==
        std::vector<std::string>{"Calendar 'old' can no longer be read: apply it again"});
}

TEST_CASE("paging: whom impact calls is told once, and a call is passed on without a policy") {
  Shop shop;
  auto session = shop.session();
  OpenRequest request{.title = "checkout is down"};
  request.severity = incident::Severity::sev1;
  request.services = {"checkout"};
  open_incident(session, request, false);
  CHECK(tick(session, shop.setup(), false).calls_off == "no AssessmentPolicy is applied");
  Shop::apply(session, R"(apiVersion: nines/v1
kind: AssessmentPolicy
metadata: {name: default}
spec:
  description: Who is called.
  rules:
    - {name: money, anyOf: [{fact: lostRevenue, atLeast: 20000}], then: {tell: [executives]}}
  roles: [{name: executives, people: [eve, finn]}]
  thresholds: [{name: long, of: minutes, atLeast: 20, call: executives, within: 10m}]
)");
  shop.now += std::chrono::minutes{21};
  tick(session, shop.setup(), false);
  CHECK(shop.told() == 1);
  tick(session, shop.setup(), false);
  CHECK(shop.told() == 1);
  {
    store::Transaction tx(session.store(), "ada", "test", "a test");
    tx.append(store::definition_retired("AssessmentPolicy", "default", ""));
    tx.commit();
  }
  shop.now += std::chrono::minutes{10};
  const auto report = tick(session, shop.setup(), false);
  CHECK(report.calls ==
        std::vector<std::string>{"INC-1: executives: finn is asked now, eve said nothing"});
  CHECK(report.calls_off == "no AssessmentPolicy is applied");
  CHECK(shop.told() == 2);
}
