// SHA-256 by the processor's own instructions, where it has them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/hash.hpp"

namespace nines {

/// Only where `possible`.
class Sha256InHardware {
 public:
  static bool possible();

  Sha256InHardware& add(std::string_view bytes);
  Hash256 finish();

 private:
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::uint64_t size_ = 0;       ///< of all bytes so far
  std::array<char, 64> rest_{};  ///< those behind the last whole block
};

}  // namespace nines
