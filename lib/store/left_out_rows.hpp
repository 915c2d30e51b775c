// What the units behind left_out.hpp share.
#pragma once

#include <string_view>

#include "base/hash.hpp"

namespace nines::store {

/// Records of its kind may be left at a place.
bool may_be_left_out(std::string_view subject);
/// By which an import finds again what it took before; no text, which an erasure would have to reach.
Hash128 origin_key(std::string_view system, std::string_view reference);

}  // namespace nines::store
