// What an edit of a definition file changes, as patch(1) and git apply read it.
#pragma once

#include <string>
#include <string_view>

namespace nines::usecases {

/// A unified diff with three lines around each change; `file` names both sides.
std::string unified_diff(const std::string& file, std::string_view before, std::string_view after);

}  // namespace nines::usecases
