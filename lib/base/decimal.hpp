// Exact decimal numbers and ratios: 99.9 % is 999/1000, compared without rounding.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nines {

/// value = units / 10^scale, 0 <= scale <= 18. Kept normalised: no trailing zero in `units` while
/// scale > 0, so equal numbers have equal members.
class Decimal {
 public:
  constexpr Decimal() = default;
  Decimal(std::int64_t units, int scale);

  /// "99.9", "-0.5", "1e12", "1e-3". Empty on anything else, on overflow, on NaN and infinity.
  static std::optional<Decimal> parse(std::string_view text);

  std::int64_t units() const { return units_; }
  int scale() const { return scale_; }
  double to_double() const;
  std::string to_string() const;  ///< shortest plain form: "99.9"

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  std::int64_t units_ = 0;
  int scale_ = 0;
};

/// A fraction between 0 and 1 inclusive, exact: num/den with den a power of ten.
class Ratio {
 public:
  constexpr Ratio() = default;
  static std::optional<Ratio> of(Decimal value);            ///< 0.999
  static std::optional<Ratio> percent(Decimal percentage);  ///< 99.9 -> 999/1000

  std::uint64_t num() const { return num_; }
  std::uint64_t den() const { return den_; }
  double to_double() const { return static_cast<double>(num_) / static_cast<double>(den_); }
  Ratio complement() const;          ///< 1 - this: the error budget of a target
  std::string percent_text() const;  ///< "99.9"
  std::string to_string() const;     ///< "0.999"

  /// good/total >= this, by 128-bit products; total must not be 0.
  bool met_by(std::uint64_t good, std::uint64_t total) const;
  /// floor(total x this).
  std::uint64_t floor_of(std::uint64_t total) const;

  friend bool operator==(const Ratio&, const Ratio&) = default;
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

 private:
  std::uint64_t num_ = 0;
  std::uint64_t den_ = 1;
};

}  // namespace nines
