// SHA-256 by the processor's own instructions, where it has them.
#pragma once

#include <optional>
#include <string_view>

#include "base/hash.hpp"

namespace nines {

/// The digest, or nothing on a processor without SHA extensions.
std::optional<Hash256> sha256_in_hardware(std::string_view bytes);

}  // namespace nines
