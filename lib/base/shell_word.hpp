// A text as one word of a command line, for hints that people copy.
#pragma once

#include <string>
#include <string_view>

namespace nines {

/// In single quotes where a POSIX shell would make something else of it.
std::string shell_word(std::string_view text);

}  // namespace nines
