// Proposals through their use cases: made once, revised while open, decided once, rules judged.
#include "usecases/incident/proposals.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/fold.hpp"
#include "store/incident_events.hpp"
#include "store/proposals.hpp"
#include "store/rebuild.hpp"
#include "unit/store/fixture.hpp"
#include "unit/usecases_incident/fresh.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using incident::ProposalState;
using test::fresh_session;
using test::options_in;

namespace {

NewProposal to_open(const std::string& key, const std::string& title = "checkout errors") {
  return {.key = key,
          .kind = "incident.open",
          .rule = "test-rule",
          .title = title,
          .body = Json::object({{"title", title},
                                {"severity", "SEV-2"},
                                {"services", "checkout"},
                                {"started", "2026-11-23T08:50:00Z"},
                                {"clock", "alertmanager"},
                                {"detected_by", "alert"}}),
          .evidence = {{"HighErrorRate fires since 08:50", "alert/1"}}};
}

Proposed propose_one(Session& session, const NewProposal& wanted) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  auto proposed = propose(session, tx, wanted);
  tx.commit();
  return proposed;
}

ExitCode kind_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind();
  }
  return ExitCode::done;
}

}  // namespace

TEST_CASE("a key proposes once, and revises while it is open") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto first = propose_one(session, to_open("a"));
  CHECK(first.outcome == ProposeOutcome::made);
  CHECK(first.proposal.name == "PRP-1");
  CHECK(propose_one(session, to_open("a")).outcome == ProposeOutcome::unchanged);
  const auto again = propose_one(session, to_open("a", "checkout and web errors"));
  CHECK(again.outcome == ProposeOutcome::revised);
  const auto history = show_proposal(session, "1");
  REQUIRE(history.revisions.size() == 2);
  CHECK(history.revisions[0].title == "checkout errors");
  CHECK(history.view.proposal.title == "checkout and web errors");
  CHECK(history.view.effect == "opens 'checkout and web errors', SEV-2, for checkout");
  CHECK(list_proposals(session, {}).size() == 1);
}

TEST_CASE("accepting opens once, keeps the original, and shows the edits") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  propose_one(session, to_open("a"));
  const DecideRequest request{"PRP-1", {{"title", "checkout is down"}, {"severity", "SEV-2"}}};
  CHECK_FALSE(accept_proposal(session, request, true).incident);
  CHECK(list_incidents(session, {}).empty());
  const auto decided = accept_proposal(session, request, false);
  REQUIRE(decided.incident);
  CHECK(decided.incident->title == "checkout is down");
  const auto& proposal = decided.proposal;
  CHECK(proposal.state == ProposalState::accepted);
  CHECK(proposal.body.text("title") == "checkout errors");
  // What says the same as the proposal is no edit.
  CHECK(proposal.decision->edits == Json::object({{"title", "checkout is down"}}));
  const auto view = show_incident(session, "1");
  const auto& started = view.record.milestones.at("impact_started");
  CHECK(format_utc(started.at) == "2026-11-23T08:50:00Z");
  CHECK(started.clock == "alertmanager");
  try {
    accept_proposal(session, request, false);
    FAIL("accepted twice");
  } catch (const Error& error) {
    CHECK(error.kind() == ExitCode::conflict);
    CHECK(std::string(error.what()).starts_with("'PRP-1' was accepted by ada at 2026-"));
  }
  CHECK(kind_of([&] { reject_proposal(session, "1", false); }) == ExitCode::conflict);
  CHECK(propose_one(session, to_open("a", "more")).outcome == ProposeOutcome::decided);
}

TEST_CASE("eight people accept at once: one wins") {
  test::TempFolder folder;
  {
    auto session = fresh_session(folder);
    propose_one(session, to_open("a"));
  }
  std::atomic<int> won = 0, lost = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 8; ++i)
    people.emplace_back([&] {
      auto session = Session::open(options_in(folder));
      const auto kind = kind_of([&] { accept_proposal(session, {"1"}, false); });
      (kind == ExitCode::done ? won : lost) += kind == ExitCode::done || kind == ExitCode::conflict;
    });
  for (auto& person : people) person.join();
  CHECK(won == 1);
  CHECK(lost == 7);
  CHECK(list_incidents(Session::open(options_in(folder)), {}).size() == 1);
}

TEST_CASE("edits, revisions and reasons are held to") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  propose_one(session, to_open("a"));
  CHECK(kind_of([&] {
          accept_proposal(session, {"1", {{"colour", "red"}}}, false);
        }) == ExitCode::usage);
  CHECK(kind_of([&] { accept_proposal(session, {"1", {}, 2}, false); }) == ExitCode::conflict);
  CHECK(kind_of([&] { accept_proposal(session, {"9"}, false); }) == ExitCode::not_found);
  auto silent = options_in(folder);
  silent.because.reset();
  auto no_reason = Session::open(silent);
  CHECK(kind_of([&] { reject_proposal(no_reason, "1", false); }) == ExitCode::needs_approval);
  CHECK(accept_proposal(session, {"1", {}, 1}, false).incident);
}

TEST_CASE("attaching and steps change the incident they are about, or refuse") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto uid = open_incident(session, {.title = "checkout is down"}, false).incident.uid;
  const auto subject = store::incident_subject(uid);
  auto attach = to_open("a");
  attach.kind = "incident.attach";
  attach.subject = subject;
  propose_one(session, attach);
  CHECK(accept_proposal(session, {"1"}, true).effect == "attaches to INC-1");
  CHECK(accept_proposal(session, {"1"}, false).incident->name == "INC-1");
  NewProposal step{.key = "b",
                   .kind = "incident.step",
                   .rule = "alerts-ended",
                   .subject = subject,
                   .title = "all alerts have ended",
                   .body = Json::object({{"to", "mitigated"}, {"at", "2026-11-23T08:59:00Z"}})};
  propose_one(session, step);
  step.key = "c";
  propose_one(session, step);
  CHECK(accept_proposal(session, {"2"}, false).incident->status == incident::Status::mitigated);
  CHECK(kind_of([&] { accept_proposal(session, {"3"}, false); }) == ExitCode::conflict);
  CHECK(list_proposals(session, {}).size() == 1);
}

TEST_CASE("a rule that people turn down retires itself, and comes back with a clean record") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  int rejected = 0;
  while (rejected < 20) {
    propose_one(session, to_open("key " + std::to_string(rejected)));
    ++rejected;
    if (reject_proposal(session, std::to_string(rejected), false).retired) break;
  }
  // The upper end of Wilson's interval for 0 of n is z^2 / (n + z^2), with z = 1.96: 0.325 for
  // eight, 0.299 for nine.
  CHECK(rejected == 9);
  CHECK(propose_one(session, to_open("new")).outcome == ProposeOutcome::retired);
  CHECK(list_proposals(session, {}).empty());
  const auto records = proposal_rates(session);
  REQUIRE(records.size() == 1);
  CHECK(records[0].retired_at);
  CHECK(kind_of([&] { reinstate_rule(session, "test-rul", false); }) == ExitCode::not_found);
  reinstate_rule(session, "test-rule", false);
  CHECK(kind_of([&] { reinstate_rule(session, "test-rule", false); }) == ExitCode::conflict);
  CHECK(propose_one(session, to_open("new")).outcome == ProposeOutcome::made);
}

TEST_CASE("undo brings a proposal back to its open state, and a rebuild agrees") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  propose_one(session, to_open("a"));
  propose_one(session, to_open("a", "more"));
  accept_proposal(session, {"1", {{"severity", "SEV-1"}}}, false);
  undo(session, std::nullopt, false);
  CHECK(list_incidents(session, {}).empty());
  REQUIRE(list_proposals(session, {}).size() == 1);
  CHECK(list_proposals(session, {})[0].proposal.revision == 2);
  accept_proposal(session, {"1"}, false);
  CHECK(list_incidents(session, {}).size() == 1);
}

TEST_CASE("a withdrawn proposal counts for nobody") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto proposal = propose_one(session, to_open("a")).proposal;
  {
    store::Transaction tx(session.store(), "ada", "test", std::nullopt);
    withdraw(session, tx, proposal, "it fires again");
    tx.commit();
  }
  const auto record = proposal_rates(session)[0];
  CHECK(record.decided() == 0);
  CHECK(record.withdrawn == 1);
  CHECK(show_proposal(session, "1").view.proposal.decision->because == "it fires again");
  CHECK(kind_of([&] { accept_proposal(session, {"1"}, false); }) == ExitCode::conflict);
}
