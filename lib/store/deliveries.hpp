// What this store knows of each place of exchange: how much of the log is there, and how the last
// attempt went.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace nines::store {

class Db;

struct Undelivered {
  std::uint64_t events = 0;
  std::optional<Instant> since;  ///< when the first of them was recorded
};

/// All events before position `count` are there.
void note_delivered(Db& db, const std::string& place, std::uint64_t count);
Undelivered undelivered_to(Db& db, const std::string& place);

struct Contact {
  std::optional<Instant> last;       ///< end of the last exchange that came to its end
  std::optional<Instant> failed_at;  ///< of the last attempt after that
  std::string problem;               ///< why it failed
};

void note_contact(Db& db, const std::string& place, Instant now);
void note_failure(Db& db, const std::string& place, Instant now, const std::string& problem);
Contact contact_with(Db& db, const std::string& place);

}  // namespace nines::store
