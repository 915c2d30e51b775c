// The numbers of an incident's lines: counted on, also after lines of other machines.
#pragma once

#include <cstdint>

#include "base/uid.hpp"

namespace nines::store {

class Db;

/// The next free one, within a transaction; a number once taken here is never given again.
std::int64_t take_entry_number(Db& db, const Uid& incident);

}  // namespace nines::store
