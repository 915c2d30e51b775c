// A whole document that a verb makes, on its way to --out or to standard output.
#pragma once

#include <string_view>

#include "nines/command.hpp"

namespace nines::app {

/// Writes to the file that --out names, and says so, or to standard output.
/// Throws Error{cannot_create, io}.
void write_document(Context& context, std::string_view text);

}  // namespace nines::app
