// Which store a command means: named, found upward like .git, or the user's own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/export.hpp"

namespace nines::usecases {

struct LocateInput {
  std::filesystem::path cwd;
  std::optional<std::string> option;       ///< --db
  std::optional<std::string> environment;  ///< NINES_DB
  std::optional<std::string> configured;   ///< the setting 'db', absolute
  std::optional<std::string> data_home;    ///< XDG_DATA_HOME
  std::optional<std::string> home;         ///< HOME
};

struct StoreLocation {
  enum class Origin { option, environment, configuration, folder, user };
  std::filesystem::path db;
  Origin origin = Origin::user;
  bool exists = false;
};

/// The first of: the option, the environment, the configuration, `.nines/nines.db` in `cwd` or a
/// folder above it on the same file system, `nines/nines.db` under the XDG data home. Relative
/// names start at `cwd`.
NINES_EXPORT StoreLocation locate_store(const LocateInput& input);

/// The nearest folder from `from` upward, on the same file system, that holds `name`.
NINES_EXPORT std::optional<std::filesystem::path> find_upward(const std::filesystem::path& from,
                                                              const std::filesystem::path& name);

}  // namespace nines::usecases
