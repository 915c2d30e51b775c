// Exact decimal arithmetic for targets and thresholds.
#include "base/decimal.hpp"

#include <cassert>
#include <charconv>
#include <cmath>

#include "base/wide.hpp"

namespace nines {
namespace {

constexpr int kMaxScale = 18;

std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

/// Appends one digit, or fails when the number no longer fits.
bool append_digit(std::int64_t& units, int digit) {
  return !__builtin_mul_overflow(units, std::int64_t{10}, &units) &&
         !__builtin_add_overflow(units, std::int64_t{digit}, &units);
}

}  // namespace

Decimal::Decimal(std::int64_t units, int scale) : units_(units), scale_(scale) {
  assert(scale >= 0 && scale <= kMaxScale);
  while (scale_ > 0 && units_ % 10 == 0) {
    units_ /= 10;
    --scale_;
  }
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t i = 0;
  bool negative = false;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
  std::int64_t units = 0;
  int scale = 0;
  bool digits = false;
  bool point = false;
  int zeros = 0;  // trailing fraction zeros held back, so that "0.5000000000000000000000" fits
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    digits = true;
    if (point && c == '0') {
      ++zeros;
      continue;
    }
    if (point) {
      for (; zeros > 0; --zeros, ++scale)
        if (!append_digit(units, 0)) return std::nullopt;
      ++scale;
    }
    if (!append_digit(units, c - '0')) return std::nullopt;
  }
  if (!digits) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && text[i] == '+') ++i;
    int exponent = 0;
    const auto [end, problem] =
        std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    if (problem != std::errc{} || exponent > 18 || exponent < -18) return std::nullopt;
    i = static_cast<std::size_t>(end - text.data());
    scale -= exponent;
    for (; scale < 0; ++scale)
      if (!append_digit(units, 0)) return std::nullopt;
  }
  if (i != text.size()) return std::nullopt;
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  if (scale > kMaxScale) return std::nullopt;
  return Decimal(negative ? -units : units, scale);
}

double Decimal::to_double() const {
  double value = 0;
  const auto text = to_string();  // correctly rounded, unlike units / 10^scale
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string Decimal::to_string() const {
  const auto magnitude = static_cast<std::uint64_t>(units_);
  std::string digits = std::to_string(units_ < 0 ? 0 - magnitude : magnitude);
  if (scale_ > 0) {
    if (digits.size() <= static_cast<std::size_t>(scale_))
      digits.insert(0, static_cast<std::size_t>(scale_) + 1 - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(scale_), 1, '.');
  }
  return units_ < 0 ? "-" + digits : digits;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  return static_cast<Wide>(a.units_) * power_of_ten(b.scale_) <=>
         static_cast<Wide>(b.units_) * power_of_ten(a.scale_);
}

std::optional<Ratio> Ratio::of(Decimal value) {
  if (value < Decimal(0, 0) || value > Decimal(1, 0)) return std::nullopt;
  Ratio ratio;
  ratio.num_ = static_cast<std::uint64_t>(value.units());
  ratio.den_ = static_cast<std::uint64_t>(power_of_ten(value.scale()));
  return ratio;
}

std::optional<Ratio> Ratio::percent(Decimal percentage) {
  if (percentage.scale() + 2 > kMaxScale) return std::nullopt;
  return of(Decimal(percentage.units(), percentage.scale() + 2));
}

Ratio Ratio::complement() const {
  Ratio rest;
  rest.num_ = den_ - num_;
  rest.den_ = den_;
  while (rest.den_ > 1 && rest.num_ % 10 == 0) {
    rest.num_ /= 10;
    rest.den_ /= 10;
  }
  return rest;
}

std::string Ratio::to_string() const {
  int scale = 0;
  for (auto d = den_; d > 1; d /= 10) ++scale;
  return Decimal(static_cast<std::int64_t>(num_), scale).to_string();
}

std::string Ratio::percent_text() const {
  int scale = 0;
  for (auto d = den_; d > 1; d /= 10) ++scale;
  if (scale >= 2) return Decimal(static_cast<std::int64_t>(num_), scale - 2).to_string();
  return Decimal(static_cast<std::int64_t>(num_) * power_of_ten(2 - scale), 0).to_string();
}

bool Ratio::met_by(std::uint64_t good, std::uint64_t total) const {
  assert(total > 0);
  return static_cast<WideUnsigned>(good) * den_ >= static_cast<WideUnsigned>(total) * num_;
}

std::uint64_t Ratio::floor_of(std::uint64_t total) const {
  return static_cast<std::uint64_t>(static_cast<WideUnsigned>(total) * num_ / den_);
}

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  return static_cast<WideUnsigned>(a.num_) * b.den_ <=> static_cast<WideUnsigned>(b.num_) * a.den_;
}

}  // namespace nines
