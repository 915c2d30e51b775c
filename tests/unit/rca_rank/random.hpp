// Numbers for made-up series, the same in every run.
#pragma once

#include <cstdint>

#include "base/split_mix.hpp"

namespace nines::test {

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() { return split_mix64(state_); }
  /// From 0 up to, not including, 1, in thousandths.
  double part() { return static_cast<double>(next() % 1000) / 1000; }

 private:
  std::uint64_t state_;
};

}  // namespace nines::test
