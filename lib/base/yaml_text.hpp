// JSON values as YAML text; the one unit that knows the YAML writer is yaml_text.cpp.
#pragma once

#include <string>

#include "base/json.hpp"

namespace nines {

/// One YAML document in block style; every text that could be read as another type is quoted.
std::string to_yaml(const Json& value);

}  // namespace nines
