// Text as the unsigned bytes that the functions of libsodium take.
#pragma once

#include <string_view>

namespace nines {

inline const unsigned char* raw_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace nines
