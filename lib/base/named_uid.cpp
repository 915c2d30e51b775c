// UUIDs of version 8, made of a digest.
#include "base/named_uid.hpp"

#include <algorithm>

namespace nines {

Uid named_uid(std::string_view name) {
  const auto digest = sha256(name);
  Uid uid;
  std::copy_n(digest.begin(), uid.bytes.size(), uid.bytes.begin());
  uid.bytes[6] = static_cast<std::uint8_t>((uid.bytes[6] & 0x0F) | 0x80);
  uid.bytes[8] = static_cast<std::uint8_t>((uid.bytes[8] & 0x3F) | 0x80);
  return uid;
}

}  // namespace nines
