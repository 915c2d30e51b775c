// Flattens documents; every value passes one gate that redacts, shortens and counts.
#include "ingest/config_tree.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/secrets.hpp"
#include "base/text.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

using catalog::ConfigTree;
using catalog::ConfigType;
using catalog::ConfigValue;

/// What a cluster writes into objects by itself.
constexpr std::array<std::string_view, 7> kClusterFields = {
    "managedFields", "resourceVersion", "uid", "generation", "creationTimestamp",
    "selfLink",      "ownerReferences"};
constexpr std::array<std::string_view, 7> kClusterAnnotations = {
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deprecated.daemonset.template.generation",
    "control-plane.alpha.kubernetes.io/leader",
    "autoscaling.alpha.kubernetes.io/conditions",
    "autoscaling.alpha.kubernetes.io/current-metrics",
    "pv.kubernetes.io/bind-completed"};

std::string below(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "/" + std::string(name);
}

/// What a value is called: the last name of its path, or of {name: API_TOKEN, value: ...} the one
/// beside it.
std::string key_of(std::string_view path) {
  auto key = path.substr(path.rfind('/') + 1);
  if (key == "value" && key.size() < path.size()) {
    const auto above = path.substr(0, path.size() - key.size() - 1);
    const auto item = above.substr(above.rfind('/') + 1);
    if (item.starts_with('[') && item.ends_with(']')) key = item.substr(1, item.size() - 2);
  }
  return std::string(key);
}

class TreeWriter {
 public:
  explicit TreeWriter(ConfigTree& tree) : tree_(tree) {
    for (const auto& [path, value] : tree) bytes_ += path.size() + value.text.size();
  }

  void put(const std::string& path, ConfigType type, std::string text) {
    text = without_secrets(path, type, std::move(text));
    if (text.size() > catalog::kLongestConfigText) text = "sha256:" + to_hex(sha256(text));
    bytes_ += path.size() + text.size();
    if (tree_.size() >= catalog::kMostConfigValues || bytes_ > catalog::kMostConfigBytes)
      throw Error(ExitCode::bad_data, "the configuration is larger than what is kept",
                  fmt::format("at most {} values and {} MiB; take fewer files",
                              catalog::kMostConfigValues, catalog::kMostConfigBytes >> 20),
                  "TOO_LARGE");
    tree_[path] = {type, std::move(text)};
  }
  void redact(const std::string& path) { put(path, ConfigType::null, "[redacted: marked secret]"); }

  /// Depth is bounded by the parser.
  void add(const Json& value, const std::string& path) {
    if (value.is_object()) {
      if (value.as_object().empty()) put(path, ConfigType::map, "");
      for (const auto& [name, member] : value.as_object()) add(member, below(path, name));
    } else if (value.is_array()) {
      add_list(value.as_array(), path);
    } else if (value.is_string()) {
      put(path, ConfigType::text, value.as_string());
    } else if (value.is_null()) {
      put(path, ConfigType::null, "");
    } else {
      put(path, value.is_bool() ? ConfigType::boolean : ConfigType::number, value.dump());
    }
  }

  /// As `add`, but what `marks` says true of, or anything in it, is redacted.
  void add_marked(const Json& value, const Json* marks, const std::string& path) {
    if (marks != nullptr && marks->is_bool() && marks->as_bool()) return redact(path);
    if (value.is_object() && marks != nullptr && marks->is_object() && !value.as_object().empty()) {
      for (const auto& [name, member] : value.as_object())
        add_marked(member, marks->find(name), below(path, name));
    } else if (marks != nullptr && marks->is_array() && value.is_array() && says_true(*marks)) {
      redact(path);
    } else {
      add(value, path);
    }
  }

 private:
  /// A secret goes as a whole; of a file within a value only what is secret in it, so that the rest
  /// can still drift.
  static std::string without_secrets(const std::string& path, ConfigType type, std::string text) {
    const auto key = key_of(path);
    auto kind = secret_in(text);
    const bool only_inside = !kind.empty() && text.find('\n') != std::string::npos &&
                             secret_in(key + "=x").empty();
    if (only_inside) {
      auto rest = redact_secrets(text).text;
      if (secret_in(rest).empty()) return rest;
    }
    if (kind.empty() && type != ConfigType::null) kind = secret_in(key + "=" + text);
    return kind.empty() ? text : "[redacted: " + kind + "]";
  }

  static bool says_true(const Json& marks) {
    if (marks.is_bool()) return marks.as_bool();
    if (marks.is_array())
      return std::any_of(marks.as_array().begin(), marks.as_array().end(), says_true);
    return marks.is_object() &&
           std::any_of(marks.as_object().begin(), marks.as_object().end(),
                       [](const auto& member) { return says_true(member.second); });
  }

  void add_list(const Json::Array& items, const std::string& path) {
    if (items.empty()) return put(path, ConfigType::list, "");
    std::set<std::string> names;
    for (const auto& item : items)
      if (const auto name = item.text("name"); !name.empty()) names.insert(name);
    const bool by_name = names.size() == items.size();
    for (std::size_t i = 0; i < items.size(); ++i)
      add(items[i], below(path, "[" + (by_name ? items[i].text("name") : std::to_string(i)) + "]"));
  }

  ConfigTree& tree_;
  std::size_t bytes_ = 0;
};

bool is_kubernetes(const Json& document) {
  return !document.text("apiVersion").empty() && !document.text("kind").empty();
}

void add_kubernetes(const Json& object, TreeWriter& writer) {
  const auto* meta = object.find("metadata");
  const auto kind = object.text("kind");
  auto path = kind + "/";
  if (meta != nullptr && !meta->text("namespace").empty()) path += meta->text("namespace") + "/";
  path += meta == nullptr ? std::string("(nameless)") : meta->text("name", "(nameless)");
  for (const auto& [name, value] : object.as_object()) {
    if (name == "status" || name == "kind") continue;
    const auto at = below(path, name);
    if (kind == "Secret" && (name == "data" || name == "stringData")) {
      if (value.is_object())
        for (const auto& [key, secret] : value.as_object()) writer.redact(below(at, key));
    } else if (name == "metadata" && value.is_object()) {
      for (const auto& [key, member] : value.as_object()) {
        if (std::find(kClusterFields.begin(), kClusterFields.end(), key) != kClusterFields.end())
          continue;
        if (key != "annotations" || !member.is_object()) {
          writer.add(member, below(at, key));
          continue;
        }
        for (const auto& [annotation, text] : member.as_object())
          if (std::find(kClusterAnnotations.begin(), kClusterAnnotations.end(), annotation) ==
              kClusterAnnotations.end())
            writer.add(text, below(at, "annotations/" + annotation));
      }
    } else {
      writer.add(value, at);
    }
  }
}

/// The root module of a state or of a plan.
const Json* terraform_root(const Json& document) {
  if (document.text("terraform_version").empty()) return nullptr;
  for (const char* part : {"values", "planned_values"})
    if (const auto* values = document.find(part))
      if (const auto* root = values->find("root_module")) return root;
  return nullptr;
}

void add_terraform(const Json& root, TreeWriter& writer) {
  std::vector<const Json*> open{&root};
  while (!open.empty()) {
    const auto* module = open.back();
    open.pop_back();
    if (const auto* resources = module->find("resources"); resources && resources->is_array())
      for (const auto& resource : resources->as_array())
        if (const auto* values = resource.find("values"))
          writer.add_marked(*values, resource.find("sensitive_values"),
                            resource.text("address", "(nameless)"));
    if (const auto* children = module->find("child_modules"); children && children->is_array())
      for (const auto& child : children->as_array()) open.push_back(&child);
  }
}

ConfigType type_of_word(std::string_view text) {
  double number = 0;
  if (text == "true" || text == "false") return ConfigType::boolean;
  return read_number(text, number) ? ConfigType::number : ConfigType::text;
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

void add_config_document(const Json& document, const std::string& prefix, ConfigTree& tree) {
  TreeWriter writer(tree);
  const auto* items = document.find("items");
  if (const auto* root = terraform_root(document)) {
    add_terraform(*root, writer);
  } else if (is_kubernetes(document) && items != nullptr && items->is_array()) {
    for (const auto& item : items->as_array()) {
      if (is_kubernetes(item))
        add_kubernetes(item, writer);
      else
        writer.add(item, below(prefix, "items"));
    }
  } else if (is_kubernetes(document)) {
    add_kubernetes(document, writer);
  } else {
    writer.add(document, prefix);
  }
}

void add_config_lines(std::string_view text, std::string_view file, const std::string& prefix,
                      ConfigTree& tree) {
  TreeWriter writer(tree);
  auto section = prefix;
  int number = 0;
  for (auto line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.front() == '#' || line.front() == ';' || line.front() == '!') continue;
    if (line.front() == '[' && line.back() == ']') {
      section = below(prefix, trim(line.substr(1, line.size() - 2)));
      continue;
    }
    if (line.starts_with("export ")) line = trim(line.substr(7));
    const auto cut = line.find_first_of("=:");
    const auto key = trim(line.substr(0, std::min(cut, line.size())));
    if (cut == std::string_view::npos || key.empty())
      throw Error(ExitCode::bad_data, "the line is no 'key = value'",
                  "a value over several lines is not read; put it on one", "BAD_CONFIG")
          .at({std::string(file), number, 1});
    const auto value = trim(line.substr(cut + 1));
    const auto type = type_of_word(value);
    writer.put(below(section, key), type, std::string(without_quotes(value)));
  }
}

}  // namespace nines::ingest
