// 128-bit time-ordered identifiers (UUIDv7), and the short suffix people see of them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/entropy.hpp"
#include "base/hash.hpp"
#include "base/time.hpp"

namespace nines {

struct Uid {
  Hash128 bytes{};

  static Uid make(Instant now, Entropy& entropy);
  /// The canonical 36-character form, or 32 hex digits.
  static std::optional<Uid> parse(std::string_view text);

  std::string to_string() const;  ///< "01939e2c-7c00-7abc-8def-0123456789ab"
  /// The first `length` characters of the random part in Crockford base32, upper case: "7K".
  std::string suffix(int length) const;

  friend auto operator<=>(const Uid&, const Uid&) = default;
};

}  // namespace nines
