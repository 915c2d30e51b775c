// Looks for the store the way git looks for its folder.
#include "usecases/locate.hpp"

#include <sys/stat.h>

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

std::optional<dev_t> device_of(const fs::path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return std::nullopt;
  return info.st_dev;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;  // a folder we may not read holds no store for us
  return fs::exists(path, ignored);
}

fs::path user_store(const LocateInput& input) {
  if (input.data_home && !input.data_home->empty())
    return fs::path(*input.data_home) / "nines" / "nines.db";
  return fs::path(input.home.value_or("")) / ".local" / "share" / "nines" / "nines.db";
}

}  // namespace

std::optional<fs::path> find_upward(const fs::path& from, const fs::path& name) {
  const auto device = device_of(from);
  for (auto folder = from;; folder = folder.parent_path()) {
    if (device_of(folder) != device) return std::nullopt;
    if (is_there(folder / name)) return folder;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

StoreLocation locate_store(const LocateInput& input) {
  using Origin = StoreLocation::Origin;
  const auto found = [](fs::path db, Origin origin) {
    const bool there = is_there(db);
    return StoreLocation{std::move(db), origin, there};
  };
  if (input.option) return found((input.cwd / *input.option).lexically_normal(), Origin::option);
  if (input.environment && !input.environment->empty())
    return found((input.cwd / *input.environment).lexically_normal(), Origin::environment);
  if (input.configured) return found(*input.configured, Origin::configuration);
  const fs::path name = fs::path(".nines") / "nines.db";
  if (const auto folder = find_upward(input.cwd, name))
    return found(*folder / name, Origin::folder);
  return found(user_store(input), Origin::user);
}

}  // namespace nines::usecases
