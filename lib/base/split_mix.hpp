// SplitMix64: a small stream of pseudo-random numbers that is the same on every machine.
#pragma once

#include <cstdint>

namespace nines {

/// The next number, and the state after it. Steele, Lea and Flood 2014; never for secrets.
constexpr std::uint64_t split_mix64(std::uint64_t& state) {
  auto z = state += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace nines
