// Walks PATH for an executable of the right name.
#include "nines/external.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/text.hpp"

namespace nines::app {
namespace {

bool is_plain(std::string_view word) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  return !word.empty() && word[0] != '-' &&
         word.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

std::optional<std::filesystem::path> find_external(const Environment& env, std::string_view word) {
  const auto path = env.find("PATH");
  if (!is_plain(word) || path == env.end()) return std::nullopt;
  for (const auto folder : split(path->second, ':')) {
    if (!folder.starts_with('/')) continue;
    const auto file = std::filesystem::path(folder) / ("nines-" + std::string(word));
    std::error_code problem;
    if (std::filesystem::is_regular_file(file, problem) && access(file.c_str(), X_OK) == 0)
      return file;
  }
  return std::nullopt;
}

}  // namespace nines::app
