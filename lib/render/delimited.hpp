// Single cells of csv and tsv, for lists too long to be held as data.
#pragma once

#include <string>
#include <string_view>

#include "render/output.hpp"

namespace nines::render {

/// The cell as `write` writes it: quoted, escaped, no formula.
std::string delimited_cell(std::string_view text, Format format, const Style& style);

}  // namespace nines::render
