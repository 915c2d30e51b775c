// Whole files and streams as text, up to a limit.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <limits>
#include <string>

namespace nines {

inline constexpr auto kNoLimit = std::numeric_limits<std::size_t>::max();

/// At most `limit` bytes and one more, so that the caller sees that there was too much. Throws
/// Error{not_found} or Error{io}.
std::string read_file(const std::filesystem::path& path, std::size_t limit = kNoLimit);
/// The same of a regular file only: what others laid down may be a pipe that never ends, a device,
/// or a link to a file of ours. Throws Error{bad_data} for those.
std::string read_regular_file(const std::filesystem::path& path, std::size_t limit = kNoLimit);
/// The same of what is left in a stream. Throws Error{io} where reading fails.
std::string read_stream(std::istream& in, std::size_t limit = kNoLimit);

}  // namespace nines
