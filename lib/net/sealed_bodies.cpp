// Only what is confidential is parsed, so that a million other bodies cost a search each.
#include "net/sealed_bodies.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/raw_bytes.hpp"
#include "base/text.hpp"
#include "domain/log/confidential.hpp"

namespace nines::net {
namespace {

/// What the box holds: the body's own line.
log::SegmentBody sealed_body(const log::SegmentBody& body, const SealKey& key, Entropy& entropy) {
  return {body.seq, {}, {}, seal(key, log::encode_bodies({body}), entropy)};
}

std::optional<log::SegmentBody> opened_body(const log::SegmentBody& body,
                                            const std::set<SealKey>& keys) {
  for (const auto& key : keys) {
    const auto line = unseal(key, body.sealed);
    if (!line) continue;
    auto bodies = log::decode_bodies(*line);
    if (bodies && bodies->size() == 1 && bodies->front().seq == body.seq) return bodies->front();
  }
  return std::nullopt;
}

/// Bodies are texts within the lines of their file, so their quotes are escaped there.
bool may_be_confidential(const log::SegmentFile& segment) {
  const std::string_view bodies = segment.bodies;
  return segment.text.find(R"("kind":"actor.named")") != std::string::npos ||
         bodies.find(R"(:\"privileged\")") != std::string_view::npos ||
         bodies.find(R"(:\"personal\")") != std::string_view::npos;
}

}  // namespace

std::string seal_bodies(const log::SegmentFile& segment, EventKeys& keys, Entropy& entropy) {
  if (!may_be_confidential(segment)) return segment.bodies;
  const auto events = log::lines_of_segment(segment.text);
  auto bodies = events ? log::decode_bodies(segment.bodies) : std::nullopt;
  if (!bodies)
    throw Error(ExitCode::bad_data, "segment " + log::to_string(segment.name) + " is malformed");
  bool any = false;
  for (auto& body : *bodies) {
    const auto at = body.seq - segment.name.first;
    if (at >= events->events.size() || !log::is_confidential(events->events[at], body.json))
      continue;
    const auto key = make_seal_key(entropy);
    body = sealed_body(body, key, entropy);
    keys[body.seq].insert(key);
    any = true;
  }
  return any ? log::encode_bodies(*bodies) : segment.bodies;
}

bool has_sealed(std::string_view bodies) {
  return bodies.find(R"("sealed":")") != std::string_view::npos;
}

std::string open_bodies(const std::string& bodies, const EventKeys& keys) {
  auto list = has_sealed(bodies) ? log::decode_bodies(bodies) : std::nullopt;
  if (!list) return bodies;  // nothing is sealed, or who takes them will say what is wrong
  for (auto& body : *list) {
    const auto found = keys.find(body.seq);
    if (body.sealed.empty() || found == keys.end()) continue;
    if (auto open = opened_body(body, found->second)) body = std::move(*open);
  }
  return log::encode_bodies(*list);
}

std::string encode_keys(EventKeys::const_iterator begin, EventKeys::const_iterator end) {
  std::string text;
  for (auto one = begin; one != end; ++one)
    for (const auto& key : one->second)
      text += Json::object({{"key", to_base64(key)}, {"seq", one->first}}).canonical() + "\n";
  return text;
}

void decode_keys(std::string_view text, EventKeys& keys) {
  for (const auto line : split(text, '\n')) {
    if (line.empty()) continue;
    try {
      const auto json = Json::parse(line);
      const auto bytes = from_base64(json.text("key"));
      const auto seq = json.integer("seq");
      SealKey key;
      if (!bytes || bytes->size() != key.size() || seq < 1) continue;
      std::copy(bytes->begin(), bytes->end(), key.begin());
      keys[static_cast<std::uint64_t>(seq)].insert(key);
    } catch (const Error&) {
      continue;  // whoever can push there wrote it; the body it was for stays sealed, and is missed
    }
  }
}

}  // namespace nines::net
