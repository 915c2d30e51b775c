// When the next word is due, and the states of what waits.
#include "domain/incident/cadence.hpp"

#include <catch2/catch.hpp>

#include "domain/incident/ask.hpp"
#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::kNine;
using namespace std::chrono_literals;

namespace {

Record declared() {
  Record record;
  record.head.status = Status::declared;
  record.head.opened_at = kNine;
  return record;
}

Message told(Micros after) {
  Message message;
  message.when.at = kNine + after;
  return message;
}

}  // namespace

TEST_CASE("the policy's interval, else the default of the severity", "[cadence]") {
  AssessPolicy policy;
  policy.name = "shop";
  policy.cadence = {{Severity::sev1, 15min}};
  CHECK(cadence_of(&policy, Severity::sev1).every == Micros{15min});
  CHECK(cadence_of(&policy, Severity::sev1).from == "policy shop");
  CHECK(cadence_of(&policy, Severity::sev2).every == Micros{1h});
  CHECK(cadence_of(nullptr, Severity::sev1).every == Micros{30min});
  CHECK(cadence_of(nullptr, Severity::undetermined).every == Micros{1h});
  CHECK_FALSE(cadence_of(nullptr, Severity::sev5).every);
}

TEST_CASE("one interval after the last message, until it is resolved", "[cadence]") {
  auto record = declared();
  const CadenceRule rule{Micros{30min}, "test"};
  CHECK(next_update_due(record, {}, rule) == kNine + 30min);
  CHECK(next_update_due(record, {told(10min)}, rule) == kNine + 40min);
  CHECK(next_update_due(record, {told(10min), told(5min)}, rule) == kNine + 40min);
  record.head.status = Status::mitigated;
  CHECK(next_update_due(record, {}, rule) == kNine + 30min);
  for (const auto status : {Status::triage, Status::resolved, Status::learning, Status::closed}) {
    record.head.status = status;
    CHECK_FALSE(next_update_due(record, {}, rule));
  }
  record = declared();
  record.head.mode = Mode::retrospective;
  CHECK_FALSE(next_update_due(record, {}, rule));
  CHECK_FALSE(next_update_due(declared(), {}, {}));
}

TEST_CASE("an ask waits, is acknowledged, overdue, done", "[ask]") {
  Ask ask;
  ask.at = kNine;
  ask.due = kNine + 20min;
  ask.next = {"bo"};
  CHECK(state_of(ask, kNine + 5min) == "waiting");
  CHECK(waited(ask, kNine + 5min) == Micros{5min});
  CHECK_FALSE(passes_on(ask, kNine + 19min));
  CHECK(passes_on(ask, kNine + 20min));
  CHECK(state_of(ask, kNine + 21min) == "overdue");
  ask.acknowledged_at = kNine + 10min;
  CHECK(state_of(ask, kNine + 15min) == "acknowledged");
  CHECK(state_of(ask, kNine + 21min) == "overdue");
  CHECK(waited(ask, kNine + 30min) == Micros{10min});
  CHECK_FALSE(passes_on(ask, kNine + 30min));
  ask.done_at = kNine + 25min;
  CHECK(state_of(ask, kNine + 30min) == "done");
}
