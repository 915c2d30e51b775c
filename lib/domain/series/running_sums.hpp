// Running sums minute by minute: what a stretch of them holds is one subtraction.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/series/counts.hpp"

namespace nines::series {

/// `before[i]` is the sum of all before minute i, modulo 2^64. Every number takes as many bytes (2,
/// 4 or 8, little-endian) as the largest needs, so that a reader needs no decoding; the first byte
/// says how many.
std::string encode_running(std::span<const Counts> before);

/// The sum of minutes [from, to) straight from the bytes of `size` sums, 0 <= from <= to < size.
/// Empty when they are damaged.
std::optional<Counts> running_sum(std::string_view bytes, std::size_t size, std::size_t from,
                                  std::size_t to);

}  // namespace nines::series
