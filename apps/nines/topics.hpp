// The help pages that belong to no single command.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nines::app {

struct EnvironmentRow {
  std::string_view name;
  std::string_view meaning;
};
/// Every variable the program reads; also in the manual.
std::span<const EnvironmentRow> environment_table();

std::vector<std::string> topic_names();
std::optional<std::string> topic_text(std::string_view name);

}  // namespace nines::app
