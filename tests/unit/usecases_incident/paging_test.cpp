// Paging through its use cases: once, recorded before it is sent, and never for a drill.
#include <sys/stat.h>

#include <thread>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/rebuild.hpp"
#include "unit/usecases_incident/shop.hpp"
#include "usecases/incident/lifecycle.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/set.hpp"
#include "usecases/incident/teams.hpp"
#include "usecases/log/trust.hpp"
#include "usecases/paging/asks.hpp"
#include "usecases/paging/clocks.hpp"
#include "usecases/paging/escalate.hpp"
#include "usecases/tick/tick.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::incident::PageResult;
using nines::test::kPolicy;
using nines::test::Shop;

TEST_CASE("paging: the first step at once, the next by tick, each once") {
  Shop shop;
  shop.open();
  auto session = shop.session();
  const auto started = escalate_incident(session, {}, shop.setup(), false);
  REQUIRE(started.advance.pages.size() == 1);
  CHECK(started.advance.pages[0].result == PageResult::sent);
  CHECK(shop.sent() == 1);
  CHECK_FALSE(tick(session, shop.setup(), false).did_something());
  shop.now += std::chrono::minutes{5};
  CHECK(tick(session, shop.setup(), true).did_something());
  CHECK(shop.sent() == 1);
  CHECK(tick(session, shop.setup(), false).did_something());
  CHECK_FALSE(tick(session, shop.setup(), false).did_something());
  CHECK(shop.sent() == 2);
  const auto clocks = running_clocks(session);
  REQUIRE(clocks.size() == 1);
  CHECK(clocks[0].told == std::vector<std::string>{"ada", "bo"});
  SECTION("the tables are the same after a rebuild") {
    const auto before = store::pages(session.store(), {});
    store::rebuild_projections(session.store());
    const auto after = store::pages(session.store(), {});
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(after[i].result == before[i].result);
    CHECK_FALSE(tick(session, shop.setup(), false).did_something());
  }
  SECTION("the end is an event that stays to be seen") {
    shop.now += std::chrono::minutes{10};
    tick(session, shop.setup(), false);
    CHECK(running_clocks(session).at(0).exhausted);
    CHECK(store::escalation_steps(session.store(), store::pages(session.store(), {})[0].incident)
              .back()
              .what == "exhausted");
  }
}

TEST_CASE("paging: many ticks at once page once") {
  Shop shop;
  shop.open();
  {
    auto session = shop.session();
    escalate_incident(session, {}, shop.setup(), false);
  }
  shop.now += std::chrono::minutes{5};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&shop] {
      auto session = shop.session();
      tick(session, shop.setup(), false);
    });
  for (auto& thread : threads) thread.join();
  CHECK(shop.sent() == 2);
  auto session = shop.session();
  CHECK(store::pages(session.store(), {}).size() == 2);
}

TEST_CASE("paging: drills, tests and past incidents reach nobody, on any path") {
  for (const auto mode :
       {incident::Mode::drill, incident::Mode::test, incident::Mode::retrospective}) {
    Shop shop;
    const auto one = shop.open(mode);
    auto session = shop.session();
    EscalateRequest request;
    request.incident = one.name;
    const auto started = escalate_incident(session, request, shop.setup(), false);
    REQUIRE(started.advance.pages.size() == 1);
    CHECK(started.advance.pages[0].result == PageResult::simulated);
    escalate_incident(session, request, shop.setup(), false);
    shop.now += std::chrono::hours{1};
    tick(session, shop.setup(), false);
    // Not even a page that was somehow left intended.
    const Pager pager(session, shop.setup());
    incident::Page page = started.advance.pages[0];
    page.result = PageResult::intended;
    CHECK(pager.send(one, page).ended.result == PageResult::failed);
    CHECK(shop.sent() == 0);
  }
}

TEST_CASE("paging: off without trust, without a real clock, without the word") {
  Shop shop;
  shop.open();
  auto session = shop.session();
  CHECK(Pager(session, shop.setup()).off().empty());
  auto setup = shop.setup();
  setup.clock_is_set = true;
  CHECK(Pager(session, setup).off() == "the clock of this run was set");
  CHECK(Pager(session, {}).off() == "no channels are set up");
  auto options = shop.options();
  options.trust_list = options.trust_list.string() + "-of-somebody-else";
  auto stranger = Session::open(options);
  CHECK(Pager(stranger, shop.setup()).off() == "the store is not trusted by this user");
  ::chmod(shop.setup().channels_file.c_str(), 0666);
  CHECK_THROWS_AS(Pager(session, shop.setup()), Error);
}

TEST_CASE("paging: a sender that ended in between is told of once, and nothing is sent again") {
  Shop shop;
  const auto one = shop.open();
  auto session = shop.session();
  escalate_incident(session, {}, shop.setup(), false);
  incident::Page page = store::pages(session.store(), {}).at(0);
  page.uid.bytes[0] ^= 0xFF;
  page.result = PageResult::intended;
  {
    store::Transaction tx(session.store(), "ada", "test", "a test");
    tx.append(store::page_recorded(page));
    tx.commit();
  }
  CHECK(tick(session, shop.setup(), false).unresolved.empty());  // it may still be at work
  shop.now += std::chrono::minutes{4};
  CHECK(tick(session, shop.setup(), false).unresolved.size() == 1);
  CHECK(tick(session, shop.setup(), false).unresolved.empty());
  CHECK(shop.sent() == 1);
}

TEST_CASE("paging: an answer, a reopening and a worse severity move it") {
  Shop shop;
  shop.open();
  auto session = shop.session();
  escalate_incident(session, {}, shop.setup(), false);
  acknowledge_incident(session, {}, false);
  shop.now += std::chrono::hours{1};
  for (const auto& one : tick(session, shop.setup(), false).escalations) CHECK(one.pages.empty());
  step_incident(session, {}, {incident::Status::mitigated}, false);
  CHECK(running_clocks(session).empty());
  CHECK_THROWS_AS(escalate_incident(session, {}, shop.setup(), false), Error);
  reopen_incident(session, {}, false);
  CHECK(tick(session, shop.setup(), false).escalations.at(0).pages.size() == 1);
  CHECK(shop.sent() == 2);
  acknowledge_incident(session, {}, false);  // again: the paging had begun anew
  CHECK(running_clocks(session).at(0).phase == incident::Phase::acknowledged);
}

TEST_CASE("paging: a running escalation keeps its policy") {
  Shop shop;
  shop.open();
  auto session = shop.session();
  escalate_incident(session, {}, shop.setup(), false);
  auto text = std::string(kPolicy);
  text.replace(text.find("person: bo"), 10, "person: zoe");
  Shop::apply(session, text);
  shop.now += std::chrono::minutes{5};
  const auto report = tick(session, shop.setup(), false);
  REQUIRE(report.escalations.at(0).pages.size() == 1);
  CHECK(report.escalations[0].pages[0].person == "bo");
}

TEST_CASE("channels: a field stays in its word") {
  Channel channel;
  channel.command = {"mail", "-s", "{title}", "{address}", "x{title}", "{{title}}"};
  const auto words =
      rendered(channel, {{"title", "--rm\n@x; `id` {address}"}, {"address", "@/etc/passwd"}});
  REQUIRE(words.size() == 6);
  CHECK(words[2] == " --rm @x; `id` {address}");
  CHECK(words[3] == " @/etc/passwd");
  CHECK(words[4] == "x--rm @x; `id` {address}");
}

TEST_CASE("paging: the next update is reminded of once, by the channel for reminders") {
  Shop shop;
  shop.open();
  auto session = shop.session();
  shop.now += std::chrono::minutes{31};  // SEV-1: every 30 minutes
  CHECK(tick(session, shop.setup(), true).reminders.at(0).notice->result == PageResult::intended);
  CHECK(shop.told() == 0);
  const auto first = tick(session, shop.setup(), false);
  REQUIRE(first.reminders.size() == 1);
  CHECK(first.reminders[0].notice->person == "ada");
  CHECK(first.reminders[0].notice->result == PageResult::sent);
  CHECK(shop.told() == 1);
  CHECK_FALSE(tick(session, shop.setup(), false).did_something());
  store::rebuild_projections(session.store());
  CHECK_FALSE(tick(session, shop.setup(), false).did_something());
  CHECK(shop.told() == 1);
  CHECK(shop.sent() == 0);
}

TEST_CASE("paging: a drill's reminders are only shown") {
  Shop shop;
  shop.open(incident::Mode::drill);
  auto session = shop.session();
  shop.now += std::chrono::minutes{31};
  const auto report = tick(session, shop.setup(), false);
  REQUIRE(report.reminders.size() == 1);
  CHECK(report.reminders[0].notice->result == PageResult::simulated);
  CHECK(report.reminders[0].notice->why == "it is a drill");
  const Pager pager(session, shop.setup());
  auto notice = *report.reminders[0].notice;
  notice.result = PageResult::intended;
  const auto head = store::incidents(session.store(), {}).at(0);
  CHECK(pager.send_notice(head, notice).ended.result == PageResult::failed);
  CHECK(shop.told() == 0);
}

TEST_CASE("paging: an ask that a team leaves unanswered goes through its own policy, once a step") {
  for (const auto mode : {incident::Mode::standard, incident::Mode::drill}) {
    Shop shop;
    const auto head = shop.open(mode);
    auto session = shop.session();
    Shop::apply(session,
                "apiVersion: nines/v1\nkind: Team\nmetadata: {name: payments}\nspec: "
                "{members: [ada, bo], escalationPolicy: shop}\n");
    TeamAskRequest request{head.name, "payments", "is the gateway slow?", std::chrono::minutes{20}};
    const auto asked = ask_team(session, request, false);
    CHECK(asked.silence_leads_to_nobody.empty());
    const auto outlook = ask_outlooks(session, {asked.ask}).at(0);
    CHECK(outlook.people == std::vector<std::string>{"ada"});
    CHECK(outlook.at == shop.now + std::chrono::minutes{20});
    shop.now += std::chrono::minutes{19};
    CHECK(tick(session, shop.setup(), false).asks.empty());
    shop.now += std::chrono::minutes{1};
    CHECK(tick(session, shop.setup(), true).asks.at(0).pages.size() == 1);
    const auto first = tick(session, shop.setup(), false);
    REQUIRE(first.asks.at(0).pages.size() == 1);
    const bool real = mode == incident::Mode::standard;
    CHECK(first.asks[0].pages[0].result == (real ? PageResult::sent : PageResult::simulated));
    CHECK(first.asks[0].ask.to == "ada");
    CHECK(incident::asked_first(first.asks[0].ask) == "payments");
    CHECK(tick(session, shop.setup(), false).asks.at(0).occurred.empty());
    store::rebuild_projections(session.store());
    CHECK(tick(session, shop.setup(), false).asks.at(0).occurred.empty());
    CHECK(shop.sent() == (real ? 1 : 0));
    SECTION("nobody answers to the end") {
      shop.now += std::chrono::minutes{5};
      CHECK(tick(session, shop.setup(), false).asks.at(0).ask.to == "bo");
      shop.now += std::chrono::minutes{10};
      CHECK(tick(session, shop.setup(), false).asks.at(0).occurred.back().what ==
            incident::Happening::exhausted);
      CHECK(tick(session, shop.setup(), false).asks.at(0).occurred.empty());
      CHECK(shop.sent() == (real ? 2 : 0));
    }
    SECTION("somebody answers") {
      acknowledge_ask(session, "ASK-1", false);
      shop.now += std::chrono::hours{1};
      CHECK(tick(session, shop.setup(), false).asks.empty());
      CHECK(shop.sent() == (real ? 1 : 0));
    }
  }
}
