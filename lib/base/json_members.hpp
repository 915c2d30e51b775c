// JSON text of an object whose members live elsewhere: large data is neither copied into it first,
// nor written into one large text.
#pragma once

#include <initializer_list>
#include <iosfwd>
#include <string_view>
#include <utility>

#include "base/json.hpp"

namespace nines {

/// As Json::pretty of an object with these members.
void write_pretty(std::ostream& out,
                  std::initializer_list<std::pair<std::string_view, const Json*>> members);

}  // namespace nines
