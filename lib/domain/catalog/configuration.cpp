// Configurations as event bodies, and back.
#include "domain/catalog/configuration.hpp"

#include <algorithm>
#include <array>

namespace nines::catalog {
namespace {

constexpr std::array<std::string_view, 6> kConfigTypes = {"null", "boolean", "number",
                                                          "text", "list",    "map"};
constexpr std::array<std::string_view, 3> kConfigHealths = {"unknown", "good", "bad"};

template <typename Value, std::size_t kCount>
std::optional<Value> named_value(const std::array<std::string_view, kCount>& names,
                                 std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view to_string(ConfigType type) {
  return kConfigTypes.at(static_cast<std::size_t>(type));
}
std::string_view to_string(ConfigHealth health) {
  return kConfigHealths.at(static_cast<std::size_t>(health));
}
std::optional<ConfigType> config_type_from(std::string_view text) {
  return named_value<ConfigType>(kConfigTypes, text);
}
std::optional<ConfigHealth> config_health_from(std::string_view text) {
  return named_value<ConfigHealth>(kConfigHealths, text);
}

Json to_json(const ConfigTree& tree) {
  Json::Object members;
  for (const auto& [path, value] : tree) {
    auto pair = Json::array();
    pair.push(to_string(value.type)).push(value.text);
    members.emplace_back(path, std::move(pair));
  }
  return {std::move(members)};
}

ConfigTree config_tree_from(const Json& json) {
  ConfigTree tree;
  if (!json.is_object()) return tree;
  for (const auto& [path, value] : json.as_object()) {
    if (!value.is_array() || value.as_array().size() != 2) continue;
    const auto& pair = value.as_array();
    if (!pair[0].is_string() || !pair[1].is_string()) continue;
    if (const auto type = config_type_from(pair[0].as_string()))
      tree[path] = {*type, pair[1].as_string()};
  }
  return tree;
}

Json to_json(const ConfigSnapshot& one) {
  return Json::object({{"service", one.service},
                       {"place", one.place},
                       {"build", one.build},
                       {"health", to_string(one.health)},
                       {"source", one.source},
                       {"at", format_utc(one.at)},
                       {"tree", to_json(one.tree)}});
}

std::optional<ConfigSnapshot> config_snapshot_from(const Json& body) {
  const auto at = parse_rfc3339(body.text("at"));
  const auto* tree = body.find("tree");
  if (!at || tree == nullptr || body.text("service").empty()) return std::nullopt;
  ConfigSnapshot one;
  one.service = body.text("service");
  one.place = body.text("place");
  one.build = body.text("build");
  one.health = config_health_from(body.text("health")).value_or(ConfigHealth::unknown);
  one.source = body.text("source");
  one.at = *at;
  one.tree = config_tree_from(*tree);
  return one;
}

}  // namespace nines::catalog
