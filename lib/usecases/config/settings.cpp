// Reads the layers of configuration through the strict YAML reader.
#include "usecases/config/settings.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "usecases/log/sync_place.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

constexpr std::array kTable{
    SettingRow{"actor", "the name recorded as author", "", "NINES_ACTOR", false},
    SettingRow{"approvals.allowed-signers",
               "who may sign with which SSH key; a repository may name only one inside itself", "",
               "", true},
    SettingRow{"approvals.required", "what must be signed: change, override, publish, decision", "",
               "", true},
    SettingRow{"approvals.revoked-keys", "SSH keys that no longer count, as allowed-signers", "",
               "", true},
    SettingRow{"approvals.valid-for", "how long an approval counts", "", "", true},
    SettingRow{"ascii", "true: only ASCII in tables and plots", "false", "", true},
    SettingRow{"color", "auto, always or never", "auto", "", true},
    SettingRow{"db", "the store; a repository may name only one inside itself", "", "NINES_DB",
               true},
    SettingRow{"identity.key", "your SSH key, that approvals are signed with", "", "", false},
    SettingRow{"identity.principal", "who you are in allowed-signers", "", "", false},
    SettingRow{"lock-timeout", "how long to wait for a busy store", "5s", "", true},
    SettingRow{"output", "the format of -o when it is not given", "table", "", true},
    SettingRow{"sync",
               "where 'nines sync' exchanges; once it did so, commands deliver by themselves", "",
               "NINES_SYNC", true},
    SettingRow{"sync-by-itself", "false: only 'nines sync' exchanges with a remote", "true", "",
               true},
    SettingRow{"tz", "the zone of local times", "UTC", "TZ", true},
};

constexpr std::array kFormats{"table", "wide", "json",     "jsonl", "yaml", "csv",
                              "tsv",   "md",   "markdown", "html",  "name"};
constexpr std::array kWhen{"auto", "always", "never"};
constexpr std::array kSorts{"change", "override", "publish", "decision"};
/// Settings that are written below one key: "identity: {principal: …}" is "identity.principal".
constexpr std::array kGroups{"approvals", "identity"};
/// Relative ones are relative to their file, so that it means one thing from anywhere; those of a
/// repository lie inside it.
constexpr std::array kPaths{"approvals.allowed-signers", "approvals.revoked-keys", "db",
                            "identity.key"};

struct Layer {
  fs::path file;
  bool repository = false;
  fs::path home = {};
  std::string shown =
      {};  ///< the file in messages: relative where it lies below the working folder
};

Error wrong(const Finding& where, std::string what, std::string hint, std::string code) {
  Error error(ExitCode::config, std::move(what), std::move(hint), std::move(code));
  error.at({where.file, where.span.line, where.span.column});
  return error;
}

template <std::size_t N>
bool is_one_of(const std::array<const char*, N>& words, std::string_view value) {
  return std::ranges::find(words, value) != words.end();
}

bool is_span(std::string_view value) {
  const auto span = parse_duration(value);
  return span && *span > Micros{0};
}

/// What is wrong with the value, or empty.
std::string problem_with(std::string_view key, std::string_view value) {
  if (value.empty()) return "a value";
  const bool is_switch = key == "ascii" || key == "sync-by-itself";
  if (is_switch && value != "true" && value != "false") return "true or false";
  if (key == "color" && !is_one_of(kWhen, value)) return "auto, always or never";
  if (key == "output" && !is_one_of(kFormats, value)) return "a format, see 'nines help formats'";
  if (key == "lock-timeout" && !parse_duration(value)) return "a duration such as '5s'";
  if (key == "approvals.valid-for" && !is_span(value)) return "a duration such as '30d'";
  if (key == "identity.principal" && value.find_first_of(" \t,\"*?!") != std::string_view::npos)
    return "one name without spaces and patterns, such as ada@example.org";
  if (key == "approvals.required")
    for (const auto sort : split(value, ','))
      if (!is_one_of(kSorts, trim(sort))) return "some of change, override, publish, decision";
  return "";
}

const SettingRow& row_of(const std::string& key, const Finding& where) {
  const auto found = std::ranges::find(kTable, key, &SettingRow::key);
  if (found != kTable.end()) return *found;
  std::vector<std::string_view> known;
  std::vector<std::string> names;
  for (const auto& row : kTable) {
    known.push_back(row.key);
    names.emplace_back(row.key);
  }
  const auto close = did_you_mean_hint(key, known);
  throw wrong(where, "unknown setting '" + key + "'",
              close.empty() ? "one of: " + join(names, ", ") : close, "UNKNOWN_SETTING");
}

bool is_inside(const fs::path& folder, const fs::path& file) {
  const auto relative = fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

/// Of a relative address too the file says where it begins.
std::string place_in(const fs::path& folder, const std::string& text, const Finding& where) {
  try {
    return to_string(sync_place_from(text, folder));
  } catch (const Error& error) {
    throw wrong(where, error.what(), error.hint(), "BAD_SETTING");
  }
}

/// A path as the file means it; "~/" is the home of whom the file belongs to.
fs::path path_of(const std::string& text, const Layer& layer) {
  if (!layer.repository && text.starts_with("~/") && !layer.home.empty())
    return (layer.home / text.substr(2)).lexically_normal();
  return (layer.file.parent_path() / text).lexically_normal();
}

std::string value_of(const SettingRow& row, const std::string& text, const Layer& layer,
                     const Finding& where) {
  if (layer.repository && !row.in_repository)
    throw wrong(where, "a repository may not set '" + std::string(row.key) + "'",
                "move it to your own configuration, for example ~/.config/nines/config.yaml",
                "RESTRICTED_SETTING");
  if (const auto wanted = problem_with(row.key, text); !wanted.empty())
    throw wrong(where, "'" + text + "' is no value for '" + std::string(row.key) + "'", wanted,
                "BAD_SETTING");
  const auto folder = layer.file.parent_path();
  if (row.key == "sync") return place_in(folder, text, where);
  if (!is_one_of(kPaths, row.key)) return text;
  const auto path = path_of(text, layer);
  if (layer.repository && !is_inside(folder, path))
    throw row.key == "db"
        ? wrong(where, "a repository may not name a store outside itself: '" + text + "'",
                "name it with --db or NINES_DB", "RESTRICTED_SETTING")
        : wrong(where, "a repository may not name a file outside itself: '" + text + "'",
                "keep it in the repository, where changes to it are reviewed",
                "RESTRICTED_SETTING");
  return path.string();
}

/// A scalar, or the items of a list with commas between them; empty for anything else.
std::string text_of_node(const yaml::Node& value) {
  if (value.is_scalar()) return std::string(value.text);
  std::vector<std::string> items;
  for (const auto& item : value.items())
    if (item.is_scalar()) items.emplace_back(item.text);
  return join(items, ",");
}

void put(std::vector<Setting>& settings, Setting setting) {
  std::erase_if(settings, [&](const Setting& old) { return old.key == setting.key; });
  settings.push_back(std::move(setting));
}

constexpr std::size_t kLargestFile = 64 * 1024;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ExitCode::config, "cannot read configuration '" + path.string() + "'",
                "check its permissions");
  return read_stream(in, kLargestFile);
}

std::string shown_from(const fs::path& cwd, const fs::path& file) {
  const auto relative = file.lexically_relative(cwd);
  return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

void read_layer(const Layer& layer, std::vector<Setting>& settings) {
  const auto bytes = bytes_of(layer.file);
  const auto stream = yaml::parse(bytes, layer.shown, yaml::Limits{.bytes = kLargestFile});
  for (const auto& finding : stream.findings)
    if (finding.severity == Severity::error && finding.code != "EMPTY_FILE")
      throw wrong(finding, finding.message, finding.hint, finding.code);
  for (const auto* document : stream.documents) {
    const auto where = [&](const yaml::Node& node) {
      return yaml::finding_at(stream.source, node.begin, node.end);
    };
    if (document->is_null()) continue;
    if (!document->is_mapping())
      throw wrong(where(*document), "configuration is a list of 'key: value' lines",
                  "for example 'tz: Europe/Paris'", "BAD_SETTING");
    const auto take = [&](const std::string& name, const yaml::Node& key, const yaml::Node& value) {
      const auto& row = row_of(name, where(key));
      const auto text = text_of_node(value);
      put(settings, {std::string(row.key), value_of(row, text, layer, where(value)),
                     layer.shown + ":" + std::to_string(where(key).span.line)});
    };
    for (const auto [key, value] : document->members()) {
      const std::string name(key.text);
      if (!is_one_of(kGroups, name) || !value.is_mapping()) {
        take(name, key, value);
        continue;
      }
      for (const auto [part, part_value] : value.members())
        take(name + "." + std::string(part.text), part, part_value);
    }
  }
}

/// Like git's: upward on one file system, and never above the home folder.
std::optional<fs::path> repository_file(const SettingsInput& input) {
  std::error_code ignored;  // what cannot be looked at is not there for us
  for (auto folder = input.cwd;; folder = folder.parent_path()) {
    if (const auto file = folder / ".nines.yaml"; fs::is_regular_file(file, ignored)) return file;
    if (folder == folder.parent_path() || (input.home && folder == fs::path(*input.home)))
      return std::nullopt;
  }
}

}  // namespace

std::span<const SettingRow> setting_table() { return kTable; }

std::vector<Setting> read_settings(const SettingsInput& input) {
  std::vector<Setting> settings;
  if (input.only) {
    const auto file = input.cwd / *input.only;
    read_layer({file, false, input.home.value_or(""), shown_from(input.cwd, file)}, settings);
    return settings;
  }
  std::vector<Layer> layers{{.file = input.system}};
  if (input.config_home && !input.config_home->empty()) {
    layers.push_back({.file = fs::path(*input.config_home) / "nines" / "config.yaml"});
  } else if (input.home && !input.home->empty()) {
    layers.push_back({.file = fs::path(*input.home) / ".config" / "nines" / "config.yaml"});
  }
  if (const auto file = repository_file(input))
    layers.push_back({.file = *file, .repository = true});
  std::error_code ignored;  // a layer that is not there sets nothing
  for (auto& layer : layers) {
    if (!fs::exists(layer.file, ignored)) continue;
    layer.home = input.home.value_or("");
    layer.shown = shown_from(input.cwd, layer.file);
    read_layer(layer, settings);
  }
  return settings;
}

}  // namespace nines::usecases
