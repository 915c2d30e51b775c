// Messages between two of our own programs: a kind and byte strings, each with its length before it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines {

/// As bytes: the size of what follows (32 bits, the low byte first), the kind, and for each field
/// its size, the same way, and its bytes.
struct Frame {
  char kind = 0;
  std::vector<std::string> fields = {};

  friend bool operator==(const Frame&, const Frame&) = default;
};

inline constexpr std::size_t kLargestFrame = std::size_t{512} << 20;

std::string encode_frame(const Frame& frame);
/// What stands after the size; nothing when it is malformed.
std::optional<Frame> decode_frame(std::string_view bytes);

/// Writes all of it to a socket, or says why not: the other end is gone, or takes nothing for so
/// long. Never raises SIGPIPE.
enum class Written { done, gone, timed_out };
Written write_frame(int socket, const Frame& frame, Micros patience);

struct ReadFrame {
  enum class End { frame, closed, timed_out, malformed };
  End end = End::closed;
  Frame frame = {};
};
/// Waits so long for each piece of it; zero waits for ever.
ReadFrame read_frame(int socket, Micros patience);

}  // namespace nines
