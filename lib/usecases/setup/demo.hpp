// An example company in a folder of its own: definitions, ninety days of measurements, a store.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/export.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct DemoRequest {
  std::filesystem::path folder;  ///< made; must be empty or not there
  std::uint64_t seed = 1;
  std::vector<std::pair<std::string_view, std::string_view>> definitions;  ///< file name and text
};

struct DemoResult {
  std::size_t definitions = 0;
  std::uint64_t rows = 0;  ///< imported
  std::size_t changes = 0;
  Instant first;
  Instant last;
};

/// The same seed on the same day makes the same measurements. Throws Error{cannot_create} when the
/// folder holds anything, and what applying and importing throw.
NINES_EXPORT DemoResult make_demo(const SessionOptions& options, const DemoRequest& request);

}  // namespace nines::usecases
