// The playbooks of examples/playbooks, embedded when the program was built.
#pragma once

#include <span>
#include <string_view>

namespace nines::app {

struct EmbeddedPlaybook {
  std::string_view name;  ///< file name without .yaml: "disk"
  std::string_view text;
};

/// In alphabetical order.
std::span<const EmbeddedPlaybook> embedded_playbooks();

}  // namespace nines::app
