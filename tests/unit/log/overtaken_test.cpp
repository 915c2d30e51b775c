// Edits that were replaced by somebody who did not know of them.
#include "domain/log/overtaken.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::log;

namespace {

Uid replica(std::uint8_t number) {
  Uid uid;
  uid.bytes[15] = number;
  return uid;
}

Edit edit(std::uint8_t by, std::uint64_t seq, const char* content, const char* field = "severity") {
  return {{replica(by), seq}, field, content};
}

/// Whoever wrote knows its own log alone.
bool apart(const EventRef& later, const EventRef& earlier) {
  return later.replica == earlier.replica;
}
bool together(const EventRef&, const EventRef&) { return true; }

}  // namespace

TEST_CASE("an edit is overtaken by the next one of its field that was made apart", "[log]") {
  const std::vector<Edit> edits{edit(1, 1, "2"), edit(2, 1, "3"), edit(1, 2, "checkout", "title")};
  CHECK(overtaken(edits, apart) == std::vector<OvertakenEdit>{{0, 1}});
  CHECK(overtaken(edits, together).empty());
}

TEST_CASE("an edit that was replaced knowingly is not overtaken, its successor is", "[log]") {
  const std::vector<Edit> edits{edit(1, 1, "2"), edit(1, 2, "4"), edit(2, 1, "3")};
  CHECK(overtaken(edits, apart) == std::vector<OvertakenEdit>{{1, 2}});
}

TEST_CASE("three who were apart lose one after the other; the same value loses nothing", "[log]") {
  CHECK(overtaken({edit(1, 1, "2"), edit(2, 1, "3"), edit(3, 1, "4")}, apart) ==
        std::vector<OvertakenEdit>{{0, 1}, {1, 2}});
  CHECK(overtaken({edit(1, 1, "2"), edit(2, 1, "2"), edit(3, 1, "2")}, apart).empty());
  CHECK(overtaken({}, apart).empty());
}
