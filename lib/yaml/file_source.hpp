// The part of a metric source that only files have: `where`, `sum` and `value`.
#pragma once

#include "yaml/node.hpp"

namespace nines::yaml {

class Checker;

/// Checks the `spec` of a metric source of type file; predicates down to the column in the text.
void check_file_metric(Checker& checker, const Node& spec);

}  // namespace nines::yaml
