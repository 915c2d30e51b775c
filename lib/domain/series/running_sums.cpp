// Numbers of one width, three for each minute.
#include "domain/series/running_sums.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace nines::series {
namespace {

static_assert(std::endian::native == std::endian::little, "sums are stored little-endian");
constexpr std::size_t kNumbers = 3;

template <class Number>
void put_all(std::string& out, std::span<const Counts> before) {
  out.assign(1 + before.size() * kNumbers * sizeof(Number), static_cast<char>(sizeof(Number)));
  char* to = out.data() + 1;
  for (const Counts& sum : before) {
    const Number numbers[kNumbers] = {static_cast<Number>(sum.good), static_cast<Number>(sum.total),
                                      static_cast<Number>(sum.observed_minutes)};
    std::memcpy(to, numbers, sizeof(numbers));
    to += sizeof(numbers);
  }
}

template <class Number>
Counts between(const char* sums, std::size_t from, std::size_t to) {
  Number a[kNumbers];
  Number b[kNumbers];
  std::memcpy(a, sums + from * sizeof(a), sizeof(a));
  std::memcpy(b, sums + to * sizeof(b), sizeof(b));
  return {static_cast<Number>(b[0] - a[0]), static_cast<Number>(b[1] - a[1]),
          static_cast<Number>(b[2] - a[2])};
}

}  // namespace

std::string encode_running(std::span<const Counts> before) {
  std::uint64_t any = 0;
  for (const Counts& sum : before) any |= sum.good | sum.total | sum.observed_minutes;
  std::string out;
  if (any >> 16 == 0)
    put_all<std::uint16_t>(out, before);
  else if (any >> 32 == 0)
    put_all<std::uint32_t>(out, before);
  else
    put_all<std::uint64_t>(out, before);
  return out;
}

std::optional<Counts> running_sum(std::string_view bytes, std::size_t size, std::size_t from,
                                  std::size_t to) {
  if (bytes.empty() || from > to || to >= size) return std::nullopt;
  const auto width = static_cast<std::size_t>(static_cast<unsigned char>(bytes.front()));
  if (bytes.size() != 1 + size * kNumbers * width) return std::nullopt;
  const char* sums = bytes.data() + 1;
  switch (width) {
    case sizeof(std::uint16_t):
      return between<std::uint16_t>(sums, from, to);
    case sizeof(std::uint32_t):
      return between<std::uint32_t>(sums, from, to);
    case sizeof(std::uint64_t):
      return between<std::uint64_t>(sums, from, to);
    default:
      return std::nullopt;
  }
}

}  // namespace nines::series
