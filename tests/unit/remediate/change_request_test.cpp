// Change requests: whose word counts, what a score is made of, what past scores came to.
#include "domain/remediate/change_request.hpp"

#include <catch2/catch.hpp>

#include "domain/remediate/change_policy.hpp"

namespace {

using namespace nines;
using namespace nines::remediate;

const Instant kAt = *parse_rfc3339("2026-11-23T09:00:00Z");

Uid uid_of(std::uint8_t last) {
  Uid uid;
  uid.bytes.back() = last;
  return uid;
}

ChangeRequest request_by(const char* name, std::uint8_t actor, Consent consent) {
  ChangeRequest request;
  request.by = {name, uid_of(actor)};
  request.asked.consent = std::move(consent);
  return request;
}

Vote vote_of(const char* name, std::uint8_t actor) { return {{name, uid_of(actor)}, true, "", kAt}; }

TEST_CASE("nobody agrees to their own change, under no name", "[change]") {
  auto request = request_by("ada", 1, {"peer", 1, {}});
  request.votes = {vote_of("ada", 1)};
  CHECK_FALSE(request.agreed());
  request.votes = {vote_of("ADA ", 2)};  // another machine, the same name
  CHECK_FALSE(request.agreed());
  request.votes = {vote_of("bo", 1)};  // another name, the same identity
  CHECK_FALSE(request.agreed());
  request.votes = {vote_of("bo", 2)};
  CHECK(request.agreed());
  CHECK(request.state() == RequestState::approved);
  request.started_at = kAt;
  CHECK(request.state() == RequestState::started);
}

TEST_CASE("a board takes its quorum of its own members, each counted once", "[change]") {
  auto request = request_by("ada", 1, {"cab", 2, {"grace", "henry"}});
  request.votes = {vote_of("grace", 2), vote_of("Grace", 3), vote_of("bo", 4)};
  CHECK(request.approvers() == std::vector<std::string>{"grace"});
  CHECK_FALSE(request.agreed());
  CHECK(refuse_vote(request, {"bo", uid_of(4)}).find("not one of") != std::string::npos);
  request.votes.push_back(vote_of("henry", 5));
  CHECK(request.agreed());
  // A member who asks still needs two others.
  request.by = {"grace", uid_of(2)};
  CHECK_FALSE(request.agreed());
}

log::Authentication signed_by(const char* principal, const char* key, const char* person = "") {
  log::Authentication proof;
  proof.how = log::ProofKind::signature;
  proof.principal = principal;
  proof.key = key;
  proof.person = person;
  return proof;
}

TEST_CASE("of two who proved who they are, identities decide and names do not", "[change]") {
  auto request = request_by("sam", 1, {"peer", 1, {}});
  request.by.proof = signed_by("sam@a.example", "SHA256:1", "sam-a");
  const auto vote = [&](const char* name, log::Authentication proof) {
    request.votes = {vote_of(name, 1)};
    request.votes.front().who.proof = std::move(proof);
    return request.agreed();
  };
  CHECK(vote("sam", signed_by("sam@b.example", "SHA256:2", "sam-b")));
  CHECK_FALSE(vote("bo", signed_by("SAM@a.example", "SHA256:2")));        // one principal
  CHECK_FALSE(vote("bo", signed_by("bo@a.example", "SHA256:1")));         // one key
  CHECK_FALSE(vote("bo", signed_by("bo@a.example", "SHA256:2", "sam-a")));  // one person
  CHECK_FALSE(vote("bo", {}));  // a claimed name under the identity of the one who asked
  log::Authentication refused;
  refused.how = log::ProofKind::refused;
  refused.why = "it is not signed";
  request.by.proof = signed_by("sam@a.example", "SHA256:1");
  CHECK_FALSE(vote("bo", refused));
  CHECK(refuse_vote(request, request.votes.front().who).find("not signed") != std::string::npos);
  request.by.proof = refused;
  CHECK_FALSE(vote("bo", signed_by("bo@a.example", "SHA256:2")));
}

TEST_CASE("a board knows its members by what they proved", "[change]") {
  auto request = request_by("ada", 1, {"cab", 1, {"grace"}});
  request.votes = {vote_of("grace", 2)};
  CHECK(request.agreed());
  request.votes.front().who.proof = signed_by("mallory@a.example", "SHA256:2");
  CHECK_FALSE(request.agreed());
  request.votes.front().who = {"g", uid_of(2), signed_by("g@a.example", "SHA256:2", "grace")};
  CHECK(request.agreed());
}

TEST_CASE("who asks for changes holds it up", "[change]") {
  auto request = request_by("ada", 1, {"peer", 1, {}});
  request.votes = {vote_of("bo", 2), vote_of("cy", 3)};
  CHECK(request.agreed());
  request.votes.back().approves = false;
  CHECK_FALSE(request.agreed());
  CHECK(request.objectors() == std::vector<std::string>{"cy"});
}

TEST_CASE("consent follows from type and score", "[change]") {
  ChangePolicy policy;
  policy.cab = {"grace", "henry"};
  CHECK(consent_for(policy, ChangeType::standard, 99) == Consent{"none", 0, {}});
  CHECK(consent_for(policy, ChangeType::emergency, 99) == Consent{"peer", 1, {}});
  CHECK(consent_for(policy, ChangeType::normal, 59.9) == Consent{"peer", 1, {}});
  CHECK(consent_for(policy, ChangeType::normal, 60) == Consent{"cab", 2, {"grace", "henry"}});
  policy.consent = {{Decimal(40, 0), "peer", 1}};
  CHECK(consent_for(policy, ChangeType::normal, 0).count == 1);  // no rule: never fewer than a peer
}

TEST_CASE("an emergency is reviewed by a deadline", "[change]") {
  auto request = request_by("ada", 1, {"peer", 1, {}});
  request.asked.type = ChangeType::emergency;
  request.asked.review_within = std::chrono::hours{24};
  CHECK_FALSE(request.review_due());
  request.started_at = kAt;
  request.finished_at = kAt;
  CHECK(request.review_due() == kAt + std::chrono::hours{24});
  request.votes = {vote_of("bo", 2)};
  CHECK_FALSE(request.review_due());
}

TEST_CASE("a risk score is the sum of its terms and grows with each", "[change]") {
  RiskInputs best;
  best.tier = 4;
  best.share = 0;
  best.reversibility = Reversibility::flag;
  best.novelty = Novelty::routine;
  best.lines = 0;
  best.tests = TestLevel::production_like;
  best.past_total = 90;
  best.calm = true;
  best.budget = 0;
  const auto score = [](const RiskInputs& in) {
    return risk_score(risk_terms(in, default_risk_weights()));
  };
  CHECK(score(best) == Approx(4.7));
  RiskInputs worst;
  worst.tier = 0;
  worst.share = 1;
  worst.reversibility = Reversibility::data_migration;
  worst.novelty = Novelty::first;
  worst.lines = 10'000'000;
  worst.tests = TestLevel::none;
  worst.dependents = 10;
  worst.past_total = worst.past_failed = 90;
  worst.calm = false;
  worst.budget = 250;
  CHECK(score(worst) == 100);
  const double base = score(best);
  for (const auto change : {+[](RiskInputs& in) { in.tier = 0, in.share = 0.5; },
                            +[](RiskInputs& in) { in.reversibility = Reversibility::rollback; },
                            +[](RiskInputs& in) { in.novelty = Novelty::first; },
                            +[](RiskInputs& in) { in.lines = 100; },
                            +[](RiskInputs& in) { in.tests.reset(); },
                            +[](RiskInputs& in) { in.dependents = 2; },
                            +[](RiskInputs& in) { in.past_failed = 20; },
                            +[](RiskInputs& in) { in.calm.reset(); },
                            +[](RiskInputs& in) { in.budget.reset(); }}) {
    auto riskier = best;
    change(riskier);
    CHECK(score(riskier) > base);
  }
  double sum = 0;
  for (const auto& term : risk_terms(worst, {{"size", 1}, {"tests", 3}})) sum += term.most;
  CHECK(sum == Approx(100));
}

TEST_CASE("past scores are held against what came of them", "[change]") {
  std::vector<ChangeRequest> all;
  const auto add = [&](double score, const char* fails, RequestOutcome outcome) {
    ChangeRequest one;
    one.asked.score = *Decimal::parse(std::to_string(score));
    one.asked.fails = *Decimal::parse(fails);
    one.finished_at = kAt;
    one.outcome = outcome;
    all.push_back(one);
  };
  add(10, "0.1", RequestOutcome::success);
  add(10, "0.1", RequestOutcome::failed);
  add(70, "0.5", RequestOutcome::backed_out);
  all.push_back({});  // under way: counts nowhere
  const auto c = calibrate(all, std::nullopt);
  CHECK(c.total == 3);
  CHECK(c.bands[0].total == 2);
  CHECK(c.bands[0].failed == 1);
  CHECK(c.bands[0].predicted == Approx(0.1));
  CHECK(c.bands[1].total == 0);
  CHECK(c.bands[2].failed == 1);
  CHECK(*c.brier == Approx((0.01 + 0.81 + 0.25) / 3));
  CHECK(*c.baseline == Approx(2.0 / 9));
  CHECK(calibrate(all, kAt + Micros{1}).total == 0);
  CHECK(failure_chance(RiskBand::low, 0, 0) == Approx(0.03));
  CHECK(failure_chance(RiskBand::low, 20, 20) == Approx(0.515));
}

TEST_CASE("a request survives its journey", "[change]") {
  RequestBody body;
  body.type = ChangeType::emergency;
  body.title = "a \"b\" \n<c>";
  body.services = {"checkout"};
  body.kind = catalog::ChangeKind::schema;
  body.back_out_tested = true;
  body.links = {"ACT-1"};
  body.from = kAt;
  body.to = kAt + std::chrono::hours{1};
  body.terms = {{"size", 10, 2.5, "4 lines"}};
  body.score = Decimal(425, 1);
  body.fails = Decimal(31, 3);
  body.consent = {"cab", 2, {"grace"}};
  body.review_within = std::chrono::hours{5};
  const auto back = request_body_from(Json::parse(to_json(body).canonical()));
  REQUIRE(back);
  CHECK(*back == body);
  CHECK_FALSE(request_body_from(Json::object()));
}

}  // namespace
