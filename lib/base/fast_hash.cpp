// XXH3 by libxxhash, compiled into this unit.
#include "base/fast_hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace nines {

std::uint64_t fast_hash(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace nines
