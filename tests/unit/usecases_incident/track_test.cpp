// An action in the tracker: created once, by the user's own command, with its reference kept.
#include "usecases/remediate/track.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "store/actions.hpp"
#include "unit/usecases_incident/shop.hpp"
#include "usecases/remediate/actions.hpp"

namespace {

using namespace nines;
using namespace nines::usecases;

class Tracked {
 public:
  explicit Tracked(const std::string& script) {
    std::ofstream(program()) << "#!/bin/sh\nprintf '%s\\n' \"$@\" >>" << calls().string() << "\n"
                             << script;
    ::chmod(program().c_str(), 0700);
    shop.write_channels("tracker: {command: [" + program().string() +
                        ", \"{title}\", \"{text}\"], timeout: 5s}\n");
    auto session = shop.session();
    add_action(session, {{}, {{"title", "-x limit the pool"}, {"done-when", "a drill"}}}, false);
  }

  TrackResult track(bool dry_run = false) {
    auto session = shop.session();
    return track_action(session, "ACT-1", shop.setup(), dry_run);
  }
  std::string tracker() {
    const auto session = shop.session();
    return show_action(session, "ACT-1").action.text("tracker");
  }
  std::string called() const {
    std::ifstream in(calls());
    return {std::istreambuf_iterator<char>(in), {}};
  }

  test::Shop shop;

 private:
  std::filesystem::path program() const { return shop.setup().channels_file.parent_path() / "gh"; }
  std::filesystem::path calls() const { return shop.setup().channels_file.parent_path() / "calls"; }
};

}  // namespace

TEST_CASE("an action is created in the tracker once, and its reference kept", "[track]") {
  Tracked one("echo https://github.com/shop/app/issues/14\n");
  CHECK_FALSE(one.track(true).ran);
  CHECK(one.called().empty());
  const auto result = one.track();
  CHECK(result.ran);
  CHECK(result.reference == "shop/app#14");
  CHECK(one.tracker() == "shop/app#14");
  CHECK(one.called().find(" -x limit the pool\naction: ACT-1; done when: a drill\n") == 0);  // never an option
  CHECK_THROWS_AS(one.track(), Error);
  CHECK(one.called().find("limit", 20) == std::string::npos);
}

TEST_CASE("a tracker's command that fails leaves the record as it was", "[track]") {
  Tracked one("echo not today >&2; exit 3\n");
  CHECK_THROWS_AS(one.track(), Error);
  CHECK(one.tracker().empty());
}

TEST_CASE("one that is cut short is not repeated by itself", "[track]") {
  Tracked one("sleep 20\n");
  one.shop.write_channels("tracker: {command: [/bin/sleep, \"20\"], timeout: 1s}\n");
  CHECK_THROWS_AS(one.track(), Error);
  CHECK(one.tracker() == "(being created)");
  try {
    one.track();
    FAIL("it ran again");
  } catch (const Error& e) {
    CHECK(e.code() == "BEING_CREATED");
  }
}

TEST_CASE("references are read out of what trackers print", "[track]") {
  CHECK(reference_printed("Creating issue in o/r\n\nhttps://github.com/o/r/issues/7\n") == "o/r#7");
  CHECK(reference_printed("see https://jira.example.org/browse/OPS-313 now") == "OPS-313");
  CHECK(reference_printed("a\nOPS-1\n\n") == "OPS-1");
  CHECK(reference_printed("\x1b[31mx") == "\\x1b[31mx");
  CHECK(reference_printed("").empty());
}
