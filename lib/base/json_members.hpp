// JSON text of an object whose members live elsewhere: large data is not copied into it first.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.hpp"

namespace nines {

/// As Json::pretty of an object with these members.
std::string pretty_object(std::initializer_list<std::pair<std::string_view, const Json*>> members);

}  // namespace nines
