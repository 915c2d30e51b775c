// The files of schemas/, embedded when the program was built.
#pragma once

#include <span>
#include <string_view>

namespace nines::app {

struct EmbeddedSchema {
  std::string_view name;  ///< file name without .json: "slo.status"
  std::string_view text;
};

/// In alphabetical order.
std::span<const EmbeddedSchema> embedded_schemas();

}  // namespace nines::app
