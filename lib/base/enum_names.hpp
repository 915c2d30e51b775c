// Names of an enumeration's values, in their order: written once, read both ways.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace nines {

/// `inline constexpr EnumNames<Mode, 4> kModeNames{{"standard", "retrospective", "test",
/// "drill"}};` The values must count from 0 without a hole.
template <class Enum, std::size_t N>
struct EnumNames {
  std::array<std::string_view, N> names;

  constexpr std::string_view of(Enum value) const { return names[static_cast<std::size_t>(value)]; }
  constexpr std::optional<Enum> find(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
  }
  std::vector<std::string_view> all() const { return {names.begin(), names.end()}; }
};

}  // namespace nines
