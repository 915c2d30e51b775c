// A few thousand decoded rows as typed columns: what predicates are evaluated over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace nines::series {

inline constexpr std::int8_t kMissing = -1;
inline constexpr std::int8_t kMixedScales = -2;

/// Exact decimals: value = units / 10^scale; scale kMissing = the row has no value.
/// Views: the reader owns the memory.
struct NumberColumn {
  const std::int64_t* units = nullptr;
  const std::int8_t* scales = nullptr;
  /// The one of every row, so that units alone can be compared; else kMixedScales.
  std::int8_t scale = kMixedScales;
};

/// A null pointer as data = the row has no value.
struct TextColumn {
  const std::string_view* values = nullptr;
};

struct Batch {
  std::size_t rows = 0;
  std::vector<NumberColumn> numbers;
  std::vector<TextColumn> texts;
};

}  // namespace nines::series
