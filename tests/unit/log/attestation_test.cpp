// The text that is signed is frozen: a signature that was made must hold for ever.
#include "domain/log/attestation.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::log;

namespace {

const Instant kAt = *parse_rfc3339("2026-11-23T09:00:00.000001Z");

Json vote_body() {
  return Json::object({{"by", "bo"}, {"approves", true}, {"because", "saw \"it\"\n"}});
}

}  // namespace

TEST_CASE("the signed text is canonical, and leaves out what the store adds", "[approval]") {
  const Attestation bo{"bo@shop.example", {}, {}};
  const std::string text = R"({"at":"2026-11-23T09:00:00.000001Z","event":"change_request.voted",)"
                           R"("format":"nines-approval-1","principal":"bo@shop.example",)"
                           R"("says":{"approves":true,"because":"saw \"it\"\n","by":"bo"},)"
                           R"("subject":"change_request/1"})"
                           "\n";
  auto body = vote_body();
  CHECK(signed_text("change_request.voted", "change_request/1", kAt, body, bo) == text);
  const auto digest = said_digest(body);
  body.set("number", 7).set("tool", "nines 9").set("command", "change approve");
  attest(body, {"bo@shop.example", kAt, "signature"});
  CHECK(signed_text("change_request.voted", "change_request/1", kAt, body, bo) == text);
  CHECK(said_digest(body) == digest);
  // Anything else is said, whatever a later version calls it.
  body.set("of", "x");
  CHECK(signed_text("change_request.voted", "change_request/1", kAt, body, bo) != text);
  CHECK(said_digest(body) != digest);
  auto later = bo;
  later.until = kAt + std::chrono::hours{1};
  CHECK(signed_text("change_request.voted", "change_request/1", kAt, vote_body(), later) != text);
  CHECK(signed_text("change_request.made", "change_request/1", kAt, vote_body(), bo) != text);
  CHECK(signed_text("change_request.voted", "change_request/2", kAt, vote_body(), bo) != text);
}

TEST_CASE("an attestation travels in the body", "[approval]") {
  auto body = vote_body();
  CHECK_FALSE(attestation_of(body));
  attest(body, {"bo@shop.example", kAt, "signature"});
  const auto back = attestation_of(Json::parse(body.canonical()));
  REQUIRE(back);
  CHECK(back->principal == "bo@shop.example");
  CHECK(back->until == kAt);
  CHECK(back->signature == "signature");
  for (const auto* hostile : {"7", "null", "[]", "\"x\"", "{\"approval\":[]}", "{\"approval\":7}"})
    CHECK_FALSE(attestation_of(Json::parse(hostile)));
  CHECK(attestation_of(Json::parse("{\"approval\":{\"principal\":7}}"))->principal.empty());
  CHECK_FALSE(signed_text("k", "s", kAt, Json(), {}).empty());
}
