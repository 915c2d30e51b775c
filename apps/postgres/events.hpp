// Events of a stream: how far each replica's log is there, and its events in and out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "postgres/place.hpp"

namespace nines::postgres {

/// Replica, seq and hash of its last event, and so on.
std::vector<std::string> heads(Place& place);

struct IncomingEvent {
  std::string hash, header, salt, body;
  bool erased() const { return salt.empty(); }
};
struct IncomingEvents {
  std::string replica;
  std::uint64_t first = 0;
  std::string prev;  ///< hash of the event before the first
  std::vector<IncomingEvent> events;
};
/// All of them, or none; those that are there already must be the same. Throws Error{conflict}
/// when they are not, or do not continue what is there.
void put(Place& place, const IncomingEvents& incoming);

/// At most `count` events from `from` on, without a gap: the hash of the event before, then seq,
/// hash, header, "body" or "", salt and body of each. Throws Error{bad_data} where events are
/// missing before one that is there.
std::vector<std::string> get(Place& place, const std::string& replica, std::uint64_t from,
                             std::uint64_t count);

void drop_body(Place& place, const std::string& replica, std::uint64_t seq);

/// After many events: plans of the server go by what it last counted.
void count_rows(Place& place);

}  // namespace nines::postgres
