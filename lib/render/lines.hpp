// Foreign text as one line of a terminal: escaped, without breaks, cut to its columns.
#pragma once

#include <string>
#include <string_view>

#include "render/output.hpp"

namespace nines::render {

/// Printable ASCII alone: nothing to escape, and as wide as it is long. Without a way out of its
/// loop, so that many bytes are looked at at once.
bool is_plain_ascii(std::string_view text);
/// Columns of the text as one line.
int width_of(std::string_view text);
/// One line, whatever the data holds.
std::string one_line(std::string_view text);
/// The same, cut to `width` columns with a mark where something was cut; 0 = not cut.
std::string fit_line(std::string_view text, int width, const Style& style);

}  // namespace nines::render
