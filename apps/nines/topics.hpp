// The help pages that belong to no single command.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::app {

std::vector<std::string> topic_names();
std::optional<std::string> topic_text(std::string_view name);

}  // namespace nines::app
