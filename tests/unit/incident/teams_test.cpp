// Teams by the dependency graph, and their part of the bad events.
#include "domain/incident/teams.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::incident;
using namespace std::chrono_literals;

namespace {

constexpr Day kToday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

/// web needs checkout, checkout needs db and (softly) mail and the vendor acme; db needs checkout
/// too, so that there is a circle; cache is needed only from tomorrow.
Services shop_services() {
  Services services;
  const auto add = [&](std::string name, std::string owner,
                       std::vector<catalog::Dependency> needs) {
    catalog::Service service;
    service.name = name;
    service.owner = std::move(owner);
    service.dependencies = std::move(needs);
    services.emplace(name, std::move(service));
  };
  add("web", "front", {{"checkout", false, catalog::Dependence::hard, {}}});
  add("checkout", "payments",
      {{"db", false, catalog::Dependence::hard, {}},
       {"mail", false, catalog::Dependence::soft, {}},
       {"acme", true, catalog::Dependence::hard, {}},
       {"cache", false, catalog::Dependence::hard, kToday + std::chrono::days{1}}});
  add("db", "storage", {{"checkout", false, catalog::Dependence::hard, {}}});
  add("mail", "", {});
  add("cache", "storage", {});
  return services;
}

}  // namespace

TEST_CASE("what is hurt, and what it needs, each once", "[teams]") {
  const auto found = involved_services({"web"}, shop_services(), kToday);
  std::vector<std::string> names, how, teams;
  for (const auto& one : found) {
    names.push_back(one.service);
    how.push_back(one.through);
    teams.push_back(one.team);
  }
  CHECK(names == std::vector<std::string>{"web", "checkout", "db", "mail", "acme"});
  CHECK(how[1] == "web needs it");
  CHECK(how[3] == "checkout needs it (soft)");
  CHECK(teams == std::vector<std::string>{"front", "payments", "storage", "", "acme"});
  CHECK(involved_services({"unknown"}, shop_services(), kToday).size() == 1);
}

TEST_CASE("shares of the bad events that were counted", "[teams]") {
  std::vector<Involved> involved{{"web", "front", "hurt", 10},
                                 {"checkout", "payments", "web needs it", 60},
                                 {"cart", "payments", "web needs it", 20},
                                 {"db", "storage", "checkout needs it", std::nullopt},
                                 {"mail", "", "checkout needs it", 10}};
  Ask ask;
  ask.kind = AskKind::team;
  ask.to = "storage";
  const auto teams = team_shares(involved, {ask});
  REQUIRE(teams.size() == 4);
  CHECK(teams[0].team == "payments");
  CHECK(teams[0].bad == 80);
  CHECK(*teams[0].share == Approx(0.8));
  CHECK(teams[1].team == "front");
  CHECK(teams[2].team == "storage");
  CHECK(teams[2].asked);
  CHECK(teams[3].team.empty());
  for (auto& one : involved) one.bad.reset();
  CHECK_FALSE(team_shares(involved, {}).front().share);
}
