// Text on its way into XML, SVG included.
#pragma once

#include <string>
#include <string_view>

namespace nines {

/// For text between tags or in double quotes: markup characters become entities; control characters,
/// which XML forbids, become spaces.
std::string xml_escaped(std::string_view text);

}  // namespace nines
