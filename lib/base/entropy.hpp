// A source of random bytes, passed in so that tests can repeat themselves.
#pragma once

#include <cstdint>
#include <span>

namespace nines {

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// The operating system's generator, by libsodium.
class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

/// A seeded stream for tests and reproducible simulations; portable, never for secrets.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::uint64_t state_;
};

}  // namespace nines
