// Words that make an action weak: work without an end, and promises to be different.
#pragma once

#include <span>
#include <string_view>

namespace nines::postmortem {

/// At the beginning of an action, in lower case: nobody can tell when such work is done.
std::span<const std::string_view> endless_verbs();
/// Anywhere in an action, in lower case: they ask people to be different, and change nothing else.
std::span<const std::string_view> empty_promises();

}  // namespace nines::postmortem
