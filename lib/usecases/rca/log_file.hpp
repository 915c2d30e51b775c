// Which log a use case is to read.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace nines::usecases {

/// As the user named it; "-" is the stream, anything else the file at `path`.
struct LogFile {
  std::string name;
  std::filesystem::path path;
  std::istream* in = nullptr;
};

}  // namespace nines::usecases
