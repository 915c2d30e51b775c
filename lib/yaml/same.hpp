// Whether two values say the same: equal texts and types, members in any order.
#pragma once

#include "yaml/node.hpp"

namespace nines::yaml {

bool same_values(const Node& a, const Node& b);

}  // namespace nines::yaml
