// The one place that talks to libyaml: turns its events and errors into calls on a Builder.
#pragma once

#include <string_view>

#include "yaml/builder.hpp"

namespace nines::yaml {

/// Feeds `bytes` (valid UTF-8 without control characters) until the end, the first syntax error,
/// or until the builder has had enough.
void read_events(std::string_view bytes, bool ascii, Builder& builder);

}  // namespace nines::yaml
