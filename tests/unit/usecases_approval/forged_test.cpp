// Words for a change that reached the store in another way than by a command that checks them.
#include <catch2/catch.hpp>

#include "store/change_requests.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "unit/usecases_approval/keys.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/log/audit.hpp"
#include "usecases/remediate/change_requests.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::Keys;

namespace {

Uid uid_ending(std::uint8_t last) {
  Uid uid;
  uid.bytes.back() = last;
  return uid;
}

/// A shop in which ada asks and bo agrees, both with their keys.
struct Shop {
  Keys keys;
  Identity ada, bo;

  Shop() : ada(keys.make("ada", "ed25519")), bo(keys.make("bo", "ed25519")) {
    keys.allow(keys.line(ada) + keys.line(bo));
    keys.rules.required = {"change"};
    keys.rules.origin = "here";
  }
  Session session(const Identity& who, const std::string& name) const {
    auto options = test::session_options(keys.folder / "nines.db");
    options.identity = who;
    options.approvals = keys.rules;
    options.actor = name;
    return Session::open(options);
  }
  static void append(Session& session, const log::NewEvent& event) {
    store::Transaction tx(session.store(), session.options().actor, "test", std::nullopt);
    auto numbered = event;
    if (event.kind == "change_request.made")
      numbered.body.set("number", store::take_number(session.store().db(), "CR"));
    tx.append(numbered);
    tx.commit();
  }
  void ask(const Uid& uid, const std::string& title) {
    auto who = session(ada, "ada");
    nines::remediate::RequestBody body;
    body.title = title;
    body.services = {"checkout"};
    body.consent = {"peer", 1, {}};
    auto event = store::change_request_made(uid, body, "ada", who.now(), 0);
    sign_event(who, event);
    append(who, event);
  }
  std::string refusal(const std::string& request) {
    const auto view = show_request(session(ada, "ada"), request);
    REQUIRE(view.request.votes.size() == 1);
    CHECK(view.request.agreed() == view.request.votes.front().who.proof.counts());
    return view.request.votes.front().who.proof.why;
  }
};

Json word_in_log(const Session& session, const Uid& request) {
  const auto events =
      recorded_events(session, "change_request/" + request.to_string(), {"change_request.voted"});
  REQUIRE(events.size() == 1);
  return events.front().body;
}

}  // namespace

TEST_CASE("a signature is worth nothing for another change, another time, another text",
          "[approval]") {
  if (!Keys::can()) return;
  Shop shop;
  shop.ask(uid_ending(1), "one");
  shop.ask(uid_ending(2), "two");
  auto bo = shop.session(shop.bo, "bo");
  approve_request(bo, "CR-1", "saw it", false);
  CHECK(shop.refusal("CR-1").empty());
  CHECK(audit_verify(bo, {}).intact());

  const auto word = word_in_log(bo, uid_ending(1));
  Shop::append(bo, {.kind = "change_request.voted",
                    .subject = "change_request/" + uid_ending(2).to_string(),
                    .body = word,
                    .occurred_at = bo.now()});
  CHECK(shop.refusal("CR-2").find("not one of what is on record") != std::string::npos);

  auto changed = word;
  changed.set("because", "saw all of it");
  Shop::append(bo, {.kind = "change_request.voted",
                    .subject = "change_request/" + uid_ending(1).to_string(),
                    .body = changed,
                    .occurred_at = bo.now()});
  CHECK(shop.refusal("CR-1").find("not one of what is on record") != std::string::npos);
  const auto report = audit_verify(bo, {});
  CHECK_FALSE(report.intact());
  CHECK(report.faults.size() == 2);
  CHECK(report.signatures.proven == 3);  // both requests, and the one word that was given
}

TEST_CASE("what was agreed to cannot be replaced afterwards", "[approval]") {
  if (!Keys::can()) return;
  Shop shop;
  shop.ask(uid_ending(1), "one");
  auto bo = shop.session(shop.bo, "bo");
  approve_request(bo, "CR-1", "", false);
  CHECK(shop.refusal("CR-1").empty());
  shop.ask(uid_ending(1), "another one");
  CHECK(shop.refusal("CR-1") == "what is asked for is no longer what was agreed to");
}

TEST_CASE("a word without a signature does not count where it has to have one", "[approval]") {
  if (!Keys::can()) return;
  Shop shop;
  shop.ask(uid_ending(1), "one");
  auto bo = shop.session(shop.bo, "bo");
  Shop::append(
      bo, store::change_request_voted(uid_ending(1), {{"bo", std::nullopt}, true, "", bo.now()}));
  CHECK(shop.refusal("CR-1") == "it is not signed, and has to be (here)");
  shop.keys.rules.required = {};
  CHECK(shop.refusal("CR-1").empty());
  CHECK(audit_verify(shop.session(shop.ada, "ada"), {}).signatures.claimed == 1);
}

TEST_CASE("who asked is not asked again by another name or key of theirs", "[approval]") {
  if (!Keys::can()) return;
  Shop shop;
  const auto second = shop.keys.make("ada-at-home", "ed25519");
  shop.keys.allow(shop.keys.line(shop.ada) + shop.ada.principal + " " +
                  test::read_text(second.key.string() + ".pub"));
  shop.ask(uid_ending(1), "one");
  auto again = shop.session({shop.ada.principal, second.key}, "zed");
  CHECK(test::error_of([&] { approve_request(again, "CR-1", "", false); }).code() ==
        "NOT_AN_APPROVER");
}
