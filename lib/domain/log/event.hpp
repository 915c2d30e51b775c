// The event: one recorded fact, its frozen header (version 1), and its canonical bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::log {

/// Hybrid logical clock: microseconds of the wall clock, and a counter within one of them.
struct Hlc {
  std::int64_t micros = 0;
  std::uint32_t counter = 0;

  friend auto operator<=>(const Hlc&, const Hlc&) = default;
};

/// Names one event for ever: the replica that wrote it, and its place in that replica's log.
struct EventRef {
  Uid replica;
  std::uint64_t seq = 0;  ///< from 1

  friend auto operator<=>(const EventRef&, const EventRef&) = default;
};

std::string to_string(const EventRef& ref);  ///< "<replica>:<seq>"
std::optional<EventRef> event_ref_from(std::string_view text);

inline constexpr int kHeaderFormat = 1;

/// Everything the chain covers. The body is only present as a salted hash.
struct EventHeader {
  int format = kHeaderFormat;
  EventRef ref;
  Hlc hlc;
  Uid tx;  ///< one command = one tx of many events
  std::uint32_t tx_index = 0;
  std::string kind;  ///< "definition.applied"
  int kind_version = 1;
  std::string subject;  ///< "slo/checkout", "change/<uid>": what the event is about
  std::string target;   ///< the event or tx a correction, undo or erasure names; else empty
  Uid actor;            ///< opaque; the name lives in an erasable body
  Instant occurred_at;  ///< when it happened
  Precision occurred_precision = Precision::exact;
  Instant recorded_at;  ///< when this replica was told; never editable
  Hash256 body_hash{};  ///< SHA-256(salt || canonical body)
  Hash256 prev{};       ///< hash of the previous event of this replica; zeros for the first
};

using Salt = Hash128;

struct Event {
  EventHeader header;
  Json body;  ///< null once erased
  Salt salt{};
  bool erased = false;
};

/// What a use case hands to the store; the store adds identity, clock, hashes.
struct NewEvent {
  std::string kind;
  int kind_version = 1;
  std::string subject;
  std::string target = {};
  Json body = {};         ///< an object of integers, strings, booleans, arrays, objects
  Instant occurred_at{};  ///< the epoch means "now"
  Precision occurred_precision = Precision::exact;
};

/// Canonical JSON of the header, frozen: no white space, these keys in this order: actor, body
/// (its hash), hlc [micros, counter], kind, kv (version of the kind), occ (occurred_at), prec (its
/// precision), prev, rec (recorded_at), replica, seq, subject, target, tx, txi (index in the tx), v
/// (format). Times are integer microseconds since the epoch; identifiers and hashes lower-case hex.
std::string canonical(const EventHeader& header);
/// SHA-256 of canonical(header): the link of the chain and the leaf of the Merkle tree.
Hash256 hash_of(const EventHeader& header);
Hash256 body_hash(const Salt& salt, std::string_view canonical_body);

}  // namespace nines::log
