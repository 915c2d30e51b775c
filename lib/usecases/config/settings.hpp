// Settings from configuration files, each with the place it came from.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"

namespace nines::usecases {

/// One key a configuration file may hold. The table is the only list of them.
struct SettingRow {
  std::string_view key;
  std::string_view help;
  std::string_view fallback;  ///< shown when nothing sets it; may be empty
  std::string_view variable;  ///< the environment variable that is stronger, or empty
  bool in_repository;         ///< whether a repository's own file may set it
};

NINES_EXPORT std::span<const SettingRow> setting_table();

struct Setting {
  std::string key;
  std::string value;
  std::string origin;  ///< "TMP/.nines.yaml:3"
};

struct SettingsInput {
  std::filesystem::path cwd;
  std::optional<std::filesystem::path> only;  ///< --config: this file instead of the layers
  std::optional<std::string> config_home;     ///< XDG_CONFIG_HOME
  std::optional<std::string> home;            ///< HOME; the search upward stops there
  std::filesystem::path system = "/etc/nines/config.yaml";
};

/// Weakest to strongest: `system`, `nines/config.yaml` under the configuration home, `.nines.yaml`
/// in `cwd` or above it. A checkout is not trusted: its file may not name the author, nor a store
/// outside its own folder. At most one Setting per key. Throws Error{config} with the place of an
/// unknown key, a wrong value, or a key that a repository may not set.
NINES_EXPORT std::vector<Setting> read_settings(const SettingsInput& input);

}  // namespace nines::usecases
