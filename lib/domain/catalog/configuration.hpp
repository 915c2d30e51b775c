// A configuration as typed values by key path, and a snapshot of one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::catalog {

enum class ConfigType : std::uint8_t { null, boolean, number, text, list, map };

struct ConfigValue {
  ConfigType type = ConfigType::null;
  std::string text;  ///< "3", "true"; "[redacted: KIND]" for a secret; lists and maps: empty ones

  friend bool operator==(const ConfigValue&, const ConfigValue&) = default;
};

/// By path, members joined by slashes: "Deployment/shop/checkout/spec/replicas".
using ConfigTree = std::map<std::string, ConfigValue>;

/// A tree is kept up to so many values and bytes; a longer text is kept as its SHA-256.
inline constexpr std::size_t kMostConfigValues = 20'000;
inline constexpr std::size_t kMostConfigBytes = 4u << 20;
inline constexpr std::size_t kLongestConfigText = 1'000;

/// Whether the service was well with it, as who took the snapshot knew.
enum class ConfigHealth : std::uint8_t { unknown, good, bad };

struct ConfigSnapshot {
  Uid uid;
  std::string name;  ///< "CFG-3"; given by the store
  std::string service;
  std::string place;  ///< where it runs: "prod-eu"; empty where there is one place only
  std::string build;  ///< version that ran with it
  ConfigHealth health = ConfigHealth::good;
  std::string source;  ///< the files, as they were named
  Instant at;
  ConfigTree tree;
};

std::string_view to_string(ConfigType type);
std::string_view to_string(ConfigHealth health);
std::optional<ConfigType> config_type_from(std::string_view text);
std::optional<ConfigHealth> config_health_from(std::string_view text);

/// {"path": ["number", "3"]}; what does not read back is left out.
Json to_json(const ConfigTree& tree);
ConfigTree config_tree_from(const Json& json);
/// The body of the event that records it.
Json to_json(const ConfigSnapshot& snapshot);
std::optional<ConfigSnapshot> config_snapshot_from(const Json& body);

}  // namespace nines::catalog
