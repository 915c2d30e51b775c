// Which past incident looks most like this one.
#include "domain/incident/similar.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::incident;

namespace {

Incident incident_of(unsigned char id, std::string title, std::vector<std::string> services,
                     std::vector<std::string> tags, int day) {
  Incident one;
  one.uid.bytes[0] = id;
  one.name = "INC-" + std::to_string(id);
  one.title = std::move(title);
  one.services = std::move(services);
  one.tags = std::move(tags);
  one.opened_at = *parse_rfc3339("2026-11-01T00:00:00Z") + std::chrono::days{day};
  return one;
}

}  // namespace

TEST_CASE("words that every incident has say nothing", "[similar]") {
  CHECK(telling_words("The Primary is DOWN again, errors 500!") ==
        std::set<std::string>{"primary"});
  CHECK(telling_words("キャッシュ cache-7") == std::set<std::string>{"キャッシュ", "cache"});
}

TEST_CASE("a service weighs more than a tag, a tag more than a word", "[similar]") {
  const auto now = incident_of(9, "primary database full", {"checkout"}, {"database"}, 20);
  std::vector<Incident> past{
      incident_of(1, "primary of search full", {"search"}, {}, 1),
      incident_of(2, "other", {"search"}, {"database"}, 2),
      incident_of(3, "other", {"checkout"}, {}, 3),
      incident_of(4, "nothing in common", {"mail"}, {}, 4),
      incident_of(5, "checkout after this one", {"checkout"}, {"database"}, 25),
  };
  past.push_back(incident_of(6, "a drill", {"checkout"}, {"database"}, 6));
  past.back().mode = Mode::drill;
  past.push_back(now);
  const auto found = similar_to(now, past, {{"INC-4", {"lag"}}});
  REQUIRE(found.size() == 4);
  CHECK(found[0].incident.name == "INC-3");
  CHECK(found[0].score == 4);
  CHECK(found[0].why() == "same service checkout");
  CHECK(found[1].incident.name == "INC-2");
  CHECK(found[2].why() == "words: full, primary");
  CHECK(found[3].why() == "words: lag");
}
