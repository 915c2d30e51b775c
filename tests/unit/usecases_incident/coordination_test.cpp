// Handovers, asks and messages: the same tables after a rebuild, and undo takes each back whole.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/asks.hpp"
#include "store/fold.hpp"
#include "store/messages.hpp"
#include "store/rebuild.hpp"
#include "store/store.hpp"
#include "support/property.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/comms.hpp"
#include "usecases/incident/duties.hpp"
#include "usecases/incident/handover.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/teams.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;

namespace {

Session session_of(const test::TempFolder& folder, const std::string& actor, bool create = false) {
  SessionOptions options;
  options.db = folder / "nines.db";
  options.write = true;
  options.create = create;
  options.clock = test::test_clock;
  options.actor = actor;
  options.command = "test";
  options.because = "a test";
  options.state_folder = folder / "state";
  return Session::open(options);
}

/// One step of several people; steps that the state does not allow do nothing.
void take_step(Session& session, int kind, int number) {
  const auto name = "ASK-" + std::to_string(number);
  try {
    switch (kind) {
      case 0:
        offer_handover(session, {.incident = "1", .to = number % 2 == 0 ? "ada" : "bo"},
                       Zone::utc(), false);
        break;
      case 1:
        accept_handover(session, "1", false);
        break;
      case 2:
        ask_team(session, {"1", "payments", "is it slow?", std::chrono::minutes{20}}, false);
        break;
      case 3:
        acknowledge_ask(session, name, false);
        break;
      case 4:
        finish_ask(session, name, "it is", false);
        break;
      case 5:
        record_message(session, {.incident = "1", .to = "status-page", .text = "we look"}, false);
        break;
      default:
        undo(session, {}, false);
        break;
    }
  } catch (const Error&) {
    return;  // a refusal must leave no trace, which the comparison below shows
  }
}

}  // namespace

TEST_CASE("coordination at random rebuilds to the same tables") {
  test::holds(
      [] {
        test::TempFolder folder;
        auto session = session_of(folder, "ada", true);
        open_incident(session, {.title = "checkout is down", .commander = "cy"}, false);
        const auto steps = *rc::gen::inRange(1, 16);
        for (int i = 0; i < steps; ++i)
          take_step(session, *rc::gen::inRange(0, 7), *rc::gen::inRange(1, 5));
        const auto incremental = test::dump_projections(session.store().db());
        store::rebuild_projections(session.store());
        RC_ASSERT(test::dump_projections(session.store().db()) == incremental);
      },
      30);
}

TEST_CASE("only the person an offer names takes over, and the clock stops then") {
  test::TempFolder folder;
  auto ada = session_of(folder, "ada", true);
  open_incident(ada, {.title = "checkout is down", .commander = "ada"}, false);
  CHECK_THROWS_AS(accept_handover(ada, "1", false), Error);
  const auto offered = offer_handover(ada, {.incident = "1", .to = "bo"}, Zone::utc(), false);
  REQUIRE(offered.ask);
  CHECK(offered.lines.size() <= 15);
  CHECK(running_duties(ada, offered.incident).front().kind == "handover");
  CHECK_THROWS_AS(accept_handover(ada, "1", false), Error);
  auto bo = session_of(folder, "bo");
  CHECK(accept_handover(bo, "1", false).incident.commander == "bo");
  for (const auto& duty : running_duties(bo, offered.incident)) CHECK(duty.kind != "handover");
}
