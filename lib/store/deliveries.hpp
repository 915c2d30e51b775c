// How much of the log each place of exchange has, as far as this store knows.
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

}  // namespace nines::store
