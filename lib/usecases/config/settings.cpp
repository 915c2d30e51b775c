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
    SettingRow{"ascii", "true: only ASCII in tables and plots", "false", "", true},
    SettingRow{"color", "auto, always or never", "auto", "", true},
    SettingRow{"db", "the store; a repository may name only one inside itself", "", "NINES_DB",
               true},
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

struct Layer {
  fs::path file;
  bool repository = false;
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

/// What is wrong with the value, or empty.
std::string problem_with(std::string_view key, std::string_view value) {
  if (value.empty()) return "a value";
  const bool is_switch = key == "ascii" || key == "sync-by-itself";
  if (is_switch && value != "true" && value != "false") return "true or false";
  if (key == "color" && !is_one_of(kWhen, value)) return "auto, always or never";
  if (key == "output" && !is_one_of(kFormats, value)) return "a format, see 'nines help formats'";
  if (key == "lock-timeout" && !parse_duration(value)) return "a duration such as '5s'";
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

/// Relative stores in a file are relative to that file, so that it means one thing from anywhere.
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
  if (row.key != "db") return text;
  const auto store = (folder / text).lexically_normal();
  if (layer.repository && !is_inside(folder, store))
    throw wrong(where, "a repository may not name a store outside itself: '" + text + "'",
                "name it with --db or NINES_DB", "RESTRICTED_SETTING");
  return store.string();
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
    for (const auto [key, value] : document->members()) {
      const auto& row = row_of(std::string(key.text), where(key));
      const auto text = value.is_scalar() ? std::string(value.text) : std::string();
      put(settings, {std::string(row.key), value_of(row, text, layer, where(value)),
                     layer.shown + ":" + std::to_string(where(key).span.line)});
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
    read_layer({file, false, shown_from(input.cwd, file)}, settings);
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
    layer.shown = shown_from(input.cwd, layer.file);
    read_layer(layer, settings);
  }
  return settings;
}

}  // namespace nines::usecases
