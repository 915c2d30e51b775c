// Finds the checkout, and the folder of real data beside it; tests skip loudly without the latter.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <catch2/catch.hpp>

namespace nines::test {

/// NINES_SHARED, or the first `shared/data` in a folder above the working directory.
inline std::optional<std::filesystem::path> shared_data(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (const char* stated = std::getenv("NINES_SHARED")) {
    for (const fs::path& path : {fs::path(stated) / name, fs::path(stated) / "data" / name})
      if (fs::exists(path, none)) return path;
  }
  for (fs::path folder = fs::current_path();; folder = folder.parent_path()) {
    const fs::path path = folder / "shared" / "data" / name;
    if (fs::exists(path, none)) return path;
    if (folder == folder.parent_path()) break;
  }
  WARN("skipped: no shared/data/" << name << " beside the checkout");
  return std::nullopt;
}

/// The root of the checkout these tests were compiled from.
inline std::filesystem::path repository() {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace nines::test
