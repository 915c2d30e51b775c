// Variable-length integers: seven bits a byte, small numbers in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nines::series {

inline void put_varint(std::string& out, std::uint64_t n) {
  while (n >= 0x80) {
    out.push_back(static_cast<char>(n | 0x80));
    n >>= 7;
  }
  out.push_back(static_cast<char>(n));
}

inline constexpr std::size_t kMostVarintBytes = 10;

/// The same into memory with room for kMostVarintBytes; returns the place behind.
inline char* put_varint(char* to, std::uint64_t n) {
  while (n >= 0x80) {
    *to++ = static_cast<char>(n | 0x80);
    n >>= 7;
  }
  *to++ = static_cast<char>(n);
  return to;
}

/// A step and a count that is at least one, and nearly always is: then one number is both. Into
/// memory with room for two of kMostVarintBytes; returns the place behind.
inline char* put_counted(char* to, std::uint64_t step, std::uint64_t count) {
  const bool more = count != 1;
  const std::uint64_t head = step << 1 | more;
  const std::uint64_t rest = (count - 2) * more;
  if ((head | rest) < 0x80) {  // nearly always, and whether there is more is as good as random
    to[0] = static_cast<char>(head);
    to[1] = static_cast<char>(rest);
    return to + 1 + more;
  }
  to = put_varint(to, head);
  return more ? put_varint(to, rest) : to;
}

constexpr std::uint64_t zigzag(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
}

/// Reads from the front of hostile bytes; once a read fails, `ok` stays false and reads give 0.
class VarintReader {
 public:
  explicit VarintReader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  std::uint64_t get() {
    if (at_ < end_ && static_cast<unsigned char>(*at_) < 0x80) {
      return static_cast<unsigned char>(*at_++);
    }
    return get_long();
  }
  /// The next two numbers; where both are small, by one question.
  std::pair<std::uint64_t, std::uint64_t> get_pair() {
    if (end_ - at_ >= 2) {
      const auto first = static_cast<unsigned char>(at_[0]);
      const auto second = static_cast<unsigned char>(at_[1]);
      if ((first | second) < 0x80) {
        at_ += 2;
        return {first, second};
      }
    }
    const std::uint64_t first = get();
    return {first, get()};
  }
  /// What put_counted wrote.
  std::pair<std::uint64_t, std::uint64_t> get_counted() {
    if (end_ - at_ >= 2) {
      const auto head = static_cast<unsigned char>(at_[0]);
      const auto rest = static_cast<unsigned char>(at_[1]);
      if ((head | rest) < 0x80) {
        const bool more = (head & 1) != 0;
        at_ += 1 + more;
        return {head >> 1, 1 + static_cast<std::uint64_t>(rest + 1) * more};
      }
    }
    const std::uint64_t head = get();
    return {head >> 1, (head & 1) != 0 ? get() + 2 : 1};
  }
  /// The next `size` bytes as they stand; empty when there are fewer.
  std::string_view take(std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size) {
      ok_ = false;
      at_ = end_;
      return {};
    }
    at_ += size;
    return {at_ - size, size};
  }
  /// The next `count` numbers, if each of them is one byte; null, and nothing read, if not.
  const unsigned char* take_small(std::size_t count) {
    if (static_cast<std::size_t>(end_ - at_) < count) return nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(at_);
    unsigned char any = 0;
    for (std::size_t i = 0; i < count; ++i) any |= bytes[i];
    if (any >= 0x80) return nullptr;
    at_ += count;
    return bytes;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return at_ == end_; }

 private:
  std::uint64_t get_long() {
    std::uint64_t n = 0;
    for (int shift = 0; shift < 64 && at_ < end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      n |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return n;
    }
    ok_ = false;
    at_ = end_;
    return 0;
  }

  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace nines::series
