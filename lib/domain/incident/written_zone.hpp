// The offset that stands directly behind a clock time; zone words are in written_time.hpp.
#pragma once

#include <cstddef>
#include <string_view>

namespace nines::incident {

/// Of "+01:00" or "-0700" at the beginning of `text`; 0 when it begins with none.
std::size_t offset_length(std::string_view text);

}  // namespace nines::incident
