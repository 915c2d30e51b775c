// Looks where the build and the installation put companions; never on PATH.
#include "nines/companion.hpp"

#include <unistd.h>

namespace nines::app {

namespace fs = std::filesystem;

fs::path find_companion(const Environment& env, std::string_view name) {
  const auto runs = [](const fs::path& file) {
    std::error_code problem;
    return file.is_absolute() && fs::is_regular_file(file, problem) &&
           access(file.c_str(), X_OK) == 0;
  };
  const auto named = env.find("NINES_LIBEXEC");
  if (named != env.end() && !named->second.empty()) {
    const auto file = fs::path(named->second) / name;
    return runs(file) ? file : fs::path();
  }
  std::error_code problem;
  const auto folder = fs::read_symlink("/proc/self/exe", problem).parent_path();
  for (const auto& file : {folder / name, folder / NINES_LIBEXEC_FROM_BIN / name})
    if (runs(file)) return file.lexically_normal();
  return {};
}

}  // namespace nines::app
