// Which alerts belong together, and what a group says: answers worked out by hand.
#include "domain/incident/alert_groups.hpp"

#include <catch2/catch.hpp>

#include "domain/incident/alert_proposal.hpp"
#include "support/property.hpp"

using namespace nines;
using namespace nines::incident;

namespace {

const Instant kStart = *parse_rfc3339("2026-11-23T09:00:00Z");
constexpr GroupingRules kRules{};

/// An alert of `service` that starts `minute` minutes in; it ends at `until`, or fires still.
Member alert(const std::string& name, const std::string& service, int minute, int until = -1,
             const std::string& key = {}) {
  Member member;
  auto& a = member.alert;
  a.source = "alertmanager";
  a.labels = {{"alertname", name}, {"service", service}, {"severity", "critical"}};
  a.fingerprint = fingerprint_of(a.labels);
  a.starts = kStart + std::chrono::minutes{minute};
  if (until >= 0) a.ends = kStart + std::chrono::minutes{until};
  a.group_key = key;
  a.uid = alert_uid(a.source, a.fingerprint, a.starts);
  member.service = service;
  member.severity = severity_of(a.labels);
  return member;
}

ServiceGraph shop_graph() {
  ServiceGraph graph;
  graph.add("checkout", "payments");
  graph.add("payments", "db");
  graph.add("search", "db");
  return graph;
}

std::vector<std::size_t> sizes(const std::vector<AlertGroup>& groups) {
  std::vector<std::size_t> sizes;
  for (const auto& group : groups) sizes.push_back(group.members.size());
  return sizes;
}

using Sizes = std::vector<std::size_t>;

Sizes grouped(std::vector<Member> fresh, const GroupingRules& rules = kRules) {
  return sizes(group_alerts({}, std::move(fresh), shop_graph(), rules));
}

}  // namespace

TEST_CASE("alerts join by key, service and dependency, within their times") {
  struct Case {
    const char* what;
    std::vector<Member> alerts;
    Sizes groups;
  };
  const std::vector<Case> cases = {
      {"one group key, hours apart, while one still fires",
       {alert("A", "web", 0, -1, "g"), alert("B", "mail", 300, -1, "g")},
       {2}},
      {"one group key, a day and an hour apart",
       {alert("A", "web", 0, -1, "g"), alert("B", "mail", 25 * 60, -1, "g")},
       {1, 1}},
      {"one group key, half an hour after the end",
       {alert("A", "web", 0, 10, "g"), alert("A", "web", 40, -1, "g")},
       {2}},
      {"one group key, 31 minutes after the end",
       {alert("A", "web", 0, 10, "g"), alert("A", "web", 41, -1, "g")},
       {1, 1}},
      {"no key: the same name and service",
       {alert("A", "web", 0, -1), alert("A", "web", 60, -1)},
       {2}},
      {"two keys, one service, five minutes apart",
       {alert("A", "web", 0, -1, "g"), alert("B", "web", 5, -1, "h")},
       {2}},
      {"two keys, one service, six minutes apart",
       {alert("A", "web", 0, -1, "g"), alert("B", "web", 6, -1, "h")},
       {1, 1}},
      {"a dependency two steps away", {alert("A", "checkout", 0), alert("Down", "db", 2)}, {2}},
      {"the dependency first", {alert("Down", "db", 0), alert("A", "checkout", 2)}, {2}},
      {"a dependency that failed ten minutes later",
       {alert("A", "checkout", 0), alert("Down", "db", 10)},
       {1, 1}},
      {"two that share a dependency which is well",
       {alert("A", "checkout", 0), alert("B", "search", 1)},
       {1, 1}},
      {"the shared dependency brings both together",
       {alert("A", "checkout", 0), alert("B", "search", 1), alert("Down", "db", 2)},
       {3}},
      {"services that nothing connects", {alert("A", "web", 0), alert("B", "mail", 0)}, {1, 1}},
      {"no service: only the name joins",
       {alert("A", "", 0), alert("A", "", 1), alert("B", "", 1)},
       {2, 1}},
  };
  for (const auto& one : cases) {
    INFO(one.what);
    CHECK(grouped(one.alerts) == one.groups);
    auto backwards = one.alerts;
    std::reverse(backwards.begin(), backwards.end());
    CHECK(grouped(backwards) == one.groups);
  }
}

TEST_CASE("a rule that people turned down links nothing") {
  auto rules = kRules;
  rules.by_service = false;
  CHECK(grouped({alert("A", "web", 0), alert("B", "web", 1)}, rules) == Sizes{1, 1});
  rules = kRules;
  rules.by_dependency = false;
  CHECK(grouped({alert("A", "checkout", 0), alert("Down", "db", 1)}, rules) == Sizes{1, 1});
}

TEST_CASE("what people have seen as two groups stays two, and grows") {
  AlertGroup one, two;
  one.uid.bytes[0] = 1;
  two.uid.bytes[0] = 2;
  one.known = two.known = true;
  one.touched = two.touched = false;
  one.members = {alert("A", "checkout", 0)};
  two.members = {alert("B", "search", 1)};
  const auto groups = group_alerts({one, two}, {alert("Down", "db", 2)}, shop_graph(), kRules);
  REQUIRE(groups.size() == 2);
  CHECK(sizes(groups) == Sizes{1, 2});
  CHECK_FALSE(groups[0].touched);
  CHECK(groups[1].touched);
  CHECK(groups[1].weakest() == LinkRule::dependency);
}

TEST_CASE("what people have decided about grows only by the key of its source") {
  AlertGroup group;
  group.uid.bytes[0] = 1;
  group.known = group.decided = true;
  group.members = {alert("A", "checkout", 0, -1, "g")};
  const auto groups = group_alerts(
      {group}, {alert("A", "checkout", 1, -1, "g"), alert("B", "checkout", 2, -1, "h")},
      shop_graph(), kRules);
  CHECK(sizes(groups) == Sizes{2, 1});
}

TEST_CASE("every alert is in exactly one group, whatever the order") {
  test::holds([] {
    const auto count = *rc::gen::inRange(1, 40);
    std::vector<Member> alerts;
    const std::vector<std::string> services{"checkout", "payments", "db", "search", "web", ""};
    for (int i = 0; i < count; ++i) {
      const auto start = *rc::gen::inRange(0, 120);
      alerts.push_back(alert("A" + std::to_string(*rc::gen::inRange(0, 4)),
                             *rc::gen::elementOf(services), start,
                             *rc::gen::inRange(0, 2) == 0 ? -1 : start + 5));
    }
    std::size_t all = 0;
    for (const auto& group : group_alerts({}, alerts, shop_graph(), kRules)) {
      RC_ASSERT(!group.members.empty());
      all += group.members.size();
    }
    RC_ASSERT(all == alerts.size());
  });
}

TEST_CASE("a group speaks for whoever is hurt, with the worst severity") {
  auto minor = alert("DbDown", "db", 1, 20);
  minor.severity = Severity::sev4;
  const auto groups =
      group_alerts({}, {alert("HighErrorRate", "checkout", 0, 10), minor}, shop_graph(), kRules);
  REQUIRE(groups.size() == 1);
  const auto words = words_of(groups[0], shop_graph(), kRules);
  CHECK(words.title == "HighErrorRate of checkout");
  CHECK(words.severity == Severity::sev2);
  CHECK(words.services == std::vector<std::string>{"checkout", "db"});
  CHECK(words.evidence[0].says == "all 2 alerts have ended, the last at 2026-11-23T09:20:00Z");
  CHECK(words.evidence[2].says ==
        "alert-dependency: DbDown of db started within 1m of an alert of checkout, and checkout -> "
        "payments -> db");
}

TEST_CASE("a group is attached to the incident that is hurt, the same service first") {
  const std::vector<OpenIncident> open = {
      {"incident/a", "INC-1", {"db"}, kStart - std::chrono::minutes{50}},
      {"incident/b", "INC-2", {"checkout"}, kStart - std::chrono::minutes{10}},
      {"incident/c", "INC-3", {"checkout"}, kStart + std::chrono::hours{2}}};
  const auto attached = [&](const Member& member, const GroupingRules& rules = kRules) {
    const auto group = group_alerts({}, {member}, shop_graph(), rules).front();
    const auto found = find_attachment(group, open, shop_graph(), rules);
    return found ? open[found->incident].name + " " + found->rule : std::string();
  };
  CHECK(attached(alert("A", "checkout", 0)) == "INC-2 attach-service");
  CHECK(attached(alert("A", "payments", 0)) == "INC-2 attach-dependency");
  CHECK(attached(alert("A", "web", 0)).empty());
  CHECK(attached(alert("A", "checkout", 61)) == "INC-3 attach-service");
  auto rules = kRules;
  rules.attach_by_service = false;
  CHECK(attached(alert("A", "checkout", 0), rules) == "INC-1 attach-dependency");
}

TEST_CASE("labels say severity and service") {
  const auto severity = [](const char* word) { return severity_of({{"severity", word}}); };
  CHECK(severity("critical") == Severity::sev2);
  CHECK(severity("Page") == Severity::sev2);
  CHECK(severity("warning") == Severity::sev3);
  CHECK(severity("sev1") == Severity::sev1);
  CHECK(severity("P4") == Severity::sev4);
  CHECK(severity("purple") == Severity::undetermined);
  CHECK(severity_of({}) == Severity::undetermined);
  CHECK(is_informational({{"severity", "none"}}));
  CHECK_FALSE(is_informational({}));
  CHECK(service_of({{"service", "svc"}, {"app", "checkout"}}, {"checkout"}) == "checkout");
  CHECK(service_of({{"service", "svc"}, {"job", "node"}}, {}) == "svc");
  CHECK(service_of({{"job", "node"}}, {}).empty());
}

TEST_CASE("the service graph is walked both ways, by the shortest path, through cycles") {
  auto graph = shop_graph();
  graph.add("db", "checkout");
  const auto related = graph.related("payments", 3);
  REQUIRE(related.size() == 3);
  CHECK(related[0].path == "payments -> db");
  CHECK(related[1].path == "checkout -> payments");
  CHECK(related[2].path == "search -> db -> checkout -> payments");
}
