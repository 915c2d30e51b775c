// The definitions of examples/bookshop, embedded when the program was built.
#pragma once

#include <span>
#include <string_view>

namespace nines::app {

struct EmbeddedFile {
  std::string_view name;  ///< file name without .yaml: "services"
  std::string_view text;
};

/// In alphabetical order.
std::span<const EmbeddedFile> embedded_demo_files();

}  // namespace nines::app
