// Random bytes from the system, and a repeatable stream (SplitMix64, Steele et al. 2014).
#include "base/entropy.hpp"

#include <sodium.h>

#include "base/split_mix.hpp"

namespace nines {

void SystemEntropy::fill(std::span<std::uint8_t> bytes) {
  static const int ready = sodium_init();  // 0 or 1 is success; randombytes aborts on failure
  (void)ready;
  randombytes_buf(bytes.data(), bytes.size());
}

void SeededEntropy::fill(std::span<std::uint8_t> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = split_mix64(state_);
    bytes[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
  }
}

}  // namespace nines
