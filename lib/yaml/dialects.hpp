// All dialects and their kinds in one list.
#pragma once

#include <span>
#include <string_view>

#include "yaml/shape.hpp"

namespace nines::yaml {

/// Documents with "apiVersion" and "kind", and Sloth's own with "version" (kind as in Definition).
struct Dialect {
  std::string_view api_version;
  std::span<const KindTable> kinds;
};

std::span<const Dialect> dialects();

}  // namespace nines::yaml
