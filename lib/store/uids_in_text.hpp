// Long identifiers that stand in a text, such as the body of an event that names another record.
#pragma once

#include <string_view>

#include "base/uid.hpp"

namespace nines::store {

/// Calls `take` with each, from left to right.
template <class Take>
void for_each_uid(std::string_view text, const Take& take) {
  constexpr std::size_t kLength = 36;  // 8-4-4-4-12 digits
  for (auto dash = text.find('-'); dash != std::string_view::npos; dash = text.find('-', dash + 1)) {
    if (dash < 8 || dash + kLength - 8 > text.size() || text[dash + 5] != '-' ||
        text[dash + 10] != '-' || text[dash + 15] != '-')
      continue;
    if (const auto uid = Uid::parse(text.substr(dash - 8, kLength))) {
      take(*uid);
      dash += kLength - 9;
    }
  }
}

}  // namespace nines::store
