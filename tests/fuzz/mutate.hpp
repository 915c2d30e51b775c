// Changes an input the way a fuzzer does, from a seed, so that every run tries the same things.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nines::fuzz {

/// A small generator with a fixed sequence on every platform.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll();
  std::size_t below(std::size_t n) { return n == 0 ? 0 : roll() % n; }

 private:
  std::uint64_t state_;
};

/// One to eight random edits of one of `seeds`, at most `limit` bytes long.
std::string mutate(const std::vector<std::string>& seeds, Dice& dice, std::size_t limit = 65536);

}  // namespace nines::fuzz
