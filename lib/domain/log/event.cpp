// The canonical bytes of an event header, and the hashes that chain events together.
#include "domain/log/event.hpp"

#include <fmt/core.h>

namespace nines::log {
namespace {

std::string json_text(std::string_view text) { return Json(text).canonical(); }

}  // namespace

std::string to_string(const EventRef& ref) {
  return ref.replica.to_string() + ":" + std::to_string(ref.seq);
}

std::optional<EventRef> event_ref_from(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto replica = Uid::parse(text.substr(0, colon));
  const auto digits = text.substr(colon + 1);
  if (!replica || digits.empty() || digits.size() > 18 || digits.front() == '0')
    return std::nullopt;
  std::uint64_t seq = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    seq = seq * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return EventRef{*replica, seq};
}

std::string canonical(const EventHeader& h) {
  return fmt::format(
      R"({{"actor":"{}","body":"{}","hlc":[{},{}],"kind":{},"kv":{},"occ":{},"prec":"{}","prev":"{}",)"
      R"("rec":{},"replica":"{}","seq":{},"subject":{},"target":{},"tx":"{}","txi":{},"v":{}}})",
      to_hex(h.actor.bytes), to_hex(h.body_hash), h.hlc.micros, h.hlc.counter, json_text(h.kind),
      h.kind_version, epoch_micros(h.occurred_at), to_string(h.occurred_precision), to_hex(h.prev),
      epoch_micros(h.recorded_at), to_hex(h.ref.replica.bytes), h.ref.seq, json_text(h.subject),
      json_text(h.target), to_hex(h.tx.bytes), h.tx_index, h.format);
}

Hash256 hash_of(const EventHeader& header) { return sha256(canonical(header)); }

Hash256 body_hash(const Salt& salt, std::string_view canonical_body) {
  return Sha256().add(salt).add(canonical_body).finish();
}

}  // namespace nines::log
