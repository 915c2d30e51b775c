// Identifiers that follow from a name: the same on every machine that hears of the same thing.
#pragma once

#include <string_view>

#include "base/uid.hpp"

namespace nines {

/// From the SHA-256 of the name (RFC 9562 version 8).
Uid named_uid(std::string_view name);

}  // namespace nines
