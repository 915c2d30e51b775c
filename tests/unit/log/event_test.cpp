// The frozen header, version 1: these bytes and hashes never change.
#include "domain/log/event.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::log;

namespace {

EventHeader sample_event() {
  EventHeader h;
  h.ref = {*Uid::parse("01939e2c-7c00-7abc-8def-0123456789ab"), 7};
  h.hlc = {1'795'421'640'000'000, 3};
  h.tx = *Uid::parse("01939e2c-7c00-7abc-8def-0000000000aa");
  h.tx_index = 2;
  h.kind = "definition.applied";
  h.kind_version = 1;
  h.subject = "slo/checkout";
  h.actor = *Uid::parse("01939e2c-7c00-7abc-8def-0000000000bb");
  h.occurred_at = from_epoch_micros(1'795'421'600'000'000);
  h.occurred_precision = Precision::minute;
  h.recorded_at = from_epoch_micros(1'795'421'640'000'000);
  h.body_hash = body_hash(Salt{1, 2, 3}, R"({"a":1})");
  h.prev = sha256("before");
  return h;
}

}  // namespace

TEST_CASE("the canonical header is frozen", "[log]") {
  CHECK(
      canonical(sample_event()) ==
      R"({"actor":"01939e2c7c007abc8def0000000000bb",)"
      R"("body":"8f6d708d335acd19ad729c052999982c2c85d7abe754e37b55f272072206597d","hlc":[1795421640000000,3],)"
      R"("kind":"definition.applied","kv":1,"occ":1795421600000000,"prec":"minute",)"
      R"("prev":"6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb","rec":1795421640000000,)"
      R"("replica":"01939e2c7c007abc8def0123456789ab","seq":7,"subject":"slo/checkout",)"
      R"("target":"","tx":"01939e2c7c007abc8def0000000000aa","txi":2,"v":1})");
  CHECK(to_hex(hash_of(sample_event())) ==
        "46ec25c6886f34bd8c87cecafeea46bcea38c257e31f9e5e47418cb26f77a1a9");
}

TEST_CASE("the canonical header equals canonical JSON, hostile text included", "[log]") {
  auto h = sample_event();
  for (const char* subject : {"slo/plain", "slo/\"quoted\"", "slo/back\\slash", "slo/\x01\x1f",
                              "slo/é", "slo/\x7f", "slo/\xE2\x80\xAE"}) {
    h.subject = subject;
    CHECK(Json::parse(canonical(h)).canonical() == canonical(h));
    CHECK(Json::parse(canonical(h)).text("subject") == subject);
  }
}

TEST_CASE("every header field is covered by the hash", "[log]") {
  const auto base = hash_of(sample_event());
  const auto differs = [&](auto change) {
    auto h = sample_event();
    change(h);
    return hash_of(h) != base;
  };
  CHECK(differs([](auto& h) { h.format = 2; }));
  CHECK(differs([](auto& h) { h.ref.seq = 8; }));
  CHECK(differs([](auto& h) { h.ref.replica.bytes[0] ^= 1; }));
  CHECK(differs([](auto& h) { h.hlc.micros += 1; }));
  CHECK(differs([](auto& h) { h.hlc.counter += 1; }));
  CHECK(differs([](auto& h) { h.tx.bytes[3] ^= 1; }));
  CHECK(differs([](auto& h) { h.tx_index += 1; }));
  CHECK(differs([](auto& h) { h.kind += "x"; }));
  CHECK(differs([](auto& h) { h.kind_version += 1; }));
  CHECK(differs([](auto& h) { h.subject += "x"; }));
  CHECK(differs([](auto& h) { h.target = "x"; }));
  CHECK(differs([](auto& h) { h.actor.bytes[9] ^= 1; }));
  CHECK(differs([](auto& h) { h.occurred_at += Micros{1}; }));
  CHECK(differs([](auto& h) { h.occurred_precision = Precision::exact; }));
  CHECK(differs([](auto& h) { h.recorded_at += Micros{1}; }));
  CHECK(differs([](auto& h) { h.body_hash[0] ^= 1; }));
  CHECK(differs([](auto& h) { h.prev[31] ^= 1; }));
}

TEST_CASE("an event reference reads back", "[log]") {
  const auto ref = sample_event().ref;
  CHECK(event_ref_from(to_string(ref)) == ref);
  for (const char* bad :
       {"", ":", "7", "01939e2c-7c00-7abc-8def-0123456789ab:",
        "01939e2c-7c00-7abc-8def-0123456789ab:0", "01939e2c-7c00-7abc-8def-0123456789ab:1x"})
    CHECK_FALSE(event_ref_from(bad).has_value());
}
