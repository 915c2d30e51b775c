// Foreign texts held to a length, never cut inside a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nines::ingest {

/// The beginning of `text`, at most `most` bytes.
inline std::string bounded(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  auto end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

}  // namespace nines::ingest
