// A 64-bit hash for tables in memory; hash.hpp has those that are kept.
#pragma once

#include <cstdint>
#include <string_view>

namespace nines {

/// XXH3-64.
std::uint64_t fast_hash(std::string_view bytes);

}  // namespace nines
