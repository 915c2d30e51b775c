// Confidential bodies sealed for a place that keeps everything, and opened again.
#include "net/sealed_bodies.hpp"

#include <catch2/catch.hpp>

#include "domain/log/confidential.hpp"

using namespace nines;
using namespace nines::net;

namespace {

log::SegmentFile segment_of(const std::vector<std::pair<std::string, std::string>>& events) {
  const auto replica = *Uid::parse("01a207a2-3280-7c43-a060-3197d68ce9c8");
  log::Segment segment{.replica = replica, .first = 7};
  std::vector<log::SegmentBody> bodies;
  for (const auto& [kind, body] : events) {
    log::EventHeader header;
    header.ref = {replica, 7 + segment.headers.size()};
    header.kind = kind;
    header.subject = "test/1";
    header.prev = segment.head;
    bodies.push_back({header.ref.seq, {}, body});
    segment.head = log::hash_of(header);
    segment.hashes.push_back(segment.head);
    segment.headers.push_back(std::move(header));
  }
  log::SegmentFile file{{}, log::encode(segment), log::encode_bodies(bodies)};
  file.name = log::name_of_segment(file.text, replica, segment.first, segment.last());
  return file;
}

const std::vector<std::pair<std::string, std::string>> kEvents{
    {"actor.named", R"({"name":"Grace Hopper"})"},
    {"incident.entry_added", R"({"text":"a public line","visibility":"public"})"},
    {"incident.entry_added", R"({"text":"for the lawyers","visibility":"privileged"})"},
    {"evidence.kept", R"({"class":"personal","about":"a screen"})"},
    {"incident.entry_added", R"({"text":"says \"visibility\":\"privileged\" itself"})"},
};

}  // namespace

TEST_CASE("a key opens what was sealed with it, and nothing else", "[seal]") {
  SeededEntropy entropy(1);
  const auto key = make_seal_key(entropy), other = make_seal_key(entropy);
  auto sealed = seal(key, "text", entropy);
  CHECK(unseal(key, sealed) == "text");
  CHECK_FALSE(unseal(other, sealed));
  for (auto& c : sealed) {
    c ^= 1;
    CHECK_FALSE(unseal(key, sealed));
    c ^= 1;
  }
  for (std::size_t n = 0; n < sealed.size(); ++n) CHECK_FALSE(unseal(key, sealed.substr(0, n)));
  CHECK(unseal(key, seal(key, "", entropy)) == "");
}

TEST_CASE("names, privileged lines and personal evidence are sealed, the rest is not", "[seal]") {
  SeededEntropy entropy(2);
  const auto segment = segment_of(kEvents);
  EventKeys keys;
  const auto sealed = seal_bodies(segment, keys, entropy);
  for (const auto* word : {"Hopper", "lawyers", "screen"})
    CHECK(sealed.find(word) == std::string::npos);
  for (const auto* word : {"a public line", "itself"})
    CHECK(sealed.find(word) != std::string::npos);
  REQUIRE(keys.size() == 3);
  CHECK(open_bodies(sealed, keys) == segment.bodies);

  SECTION("without its key a body stays sealed, and the others open") {
    keys.erase(9);
    const auto bodies = *log::decode_bodies(open_bodies(sealed, keys));
    REQUIRE(bodies.size() == 5);
    CHECK(bodies[0].json == kEvents[0].second);
    CHECK((bodies[2].json.empty() && !bodies[2].sealed.empty()));
  }
  SECTION("keys survive their file; foreign lines in it open nothing") {
    EventKeys read;
    decode_keys("nonsense\n{\"seq\":1}\n{\"key\":\"AAAA\",\"seq\":2}\n" +
                    encode_keys(keys.begin(), keys.end()) + "{\"key\":1,\"seq\":-1}",
                read);
    CHECK(read == keys);
  }
  SECTION("a body that two machines sealed is opened by either's key") {
    EventKeys others;
    seal_bodies(segment, others, entropy);
    for (const auto& [seq, some] : others) keys[seq].insert(some.begin(), some.end());
    CHECK(open_bodies(sealed, keys) == segment.bodies);
  }
  SECTION("a box that lies under another event's number is not opened as that event") {
    auto bodies = *log::decode_bodies(sealed);
    std::swap(bodies[0].sealed, bodies[2].sealed);
    keys[7].insert(keys[9].begin(), keys[9].end());
    const auto opened = *log::decode_bodies(open_bodies(log::encode_bodies(bodies), keys));
    CHECK(opened[0].json.empty());
  }
}

TEST_CASE("what is not confidential goes out as it is", "[seal]") {
  SeededEntropy entropy(3);
  EventKeys keys;
  const auto segment = segment_of({kEvents[1], kEvents[4]});
  CHECK(seal_bodies(segment, keys, entropy) == segment.bodies);
  CHECK(keys.empty());
  CHECK(open_bodies(segment.bodies, keys) == segment.bodies);
}
