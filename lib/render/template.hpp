// Rows through a text with holes: "{{name}} {{window.from}}".
#pragma once

#include <iosfwd>
#include <string_view>

#include "base/json.hpp"

namespace nines::render {

/// One line per row of `data`: `text` with each {{member}} replaced by the row's member at that
/// dotted path (nothing where it is null or missing in this row), and \t, \n, \\ read as in C.
/// Control bytes in members are escaped. Throws Error{usage} for a hole that is not closed, and for
/// a member that no row has.
void write_template(std::ostream& out, const Json& data, std::string_view text);

}  // namespace nines::render
