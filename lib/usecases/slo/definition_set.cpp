// Walks folders and hands each file's bytes to the reader.
#include "usecases/slo/definition_set.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <fmt/core.h>

#include "base/error.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

bool is_definition_file(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

/// Files below `folder`, named as `name` plus the way to them.
void walk(const fs::path& folder, const std::string& name, std::vector<std::string>& files) {
  std::vector<std::string> found;
  const auto options = fs::directory_options::skip_permission_denied;
  for (auto it = fs::recursive_directory_iterator(folder, options); it != fs::end(it); ++it) {
    const bool hidden = it->path().filename().string().starts_with(".");
    if (it->is_directory() && hidden) it.disable_recursion_pending();
    if (hidden || !it->is_regular_file() || !is_definition_file(it->path())) continue;
    found.push_back((fs::path(name) / it->path().lexically_relative(folder)).lexically_normal().string());
  }
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
}

std::string read_bytes(const fs::path& path, const std::string& name, std::size_t limit) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(limit + 1, '\0');  // one more than allowed, so that the reader can tell
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || (!file && !file.eof()))
    throw Error(ExitCode::io, "cannot read '" + name + "'", "check that you may read it", "CANNOT_READ");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

void add(DefinitionSet& set, std::string_view bytes, const std::string& file) {
  auto reading = yaml::read_definitions(bytes, file);
  for (auto& definition : reading.definitions) set.definitions.push_back({std::move(definition), file});
  for (auto& finding : reading.findings) set.findings.push_back(std::move(finding));
  set.files.push_back(file);
}

}  // namespace

DefinitionSet read_definition_set(const std::vector<std::string>& names, const fs::path& cwd,
                                  const std::optional<std::string>& input) {
  DefinitionSet set;
  std::vector<std::string> files;
  for (const auto& name : names) {
    std::error_code problem;
    if (name == "-") {
      if (!input) throw Error(ExitCode::usage, "'-' needs definitions on standard input");
      add(set, *input, "-");
    } else if (fs::is_directory(cwd / name, problem)) {
      walk(cwd / name, name, files);
    } else if (fs::exists(cwd / name, problem)) {
      files.push_back(fs::path(name).lexically_normal().string());
    } else {
      throw Error(ExitCode::not_found, "no file or folder '" + name + "'", "check the name", "NO_FILE");
    }
  }
  std::vector<std::string> seen;
  for (const auto& file : files) {
    if (std::find(seen.begin(), seen.end(), file) != seen.end()) continue;
    seen.push_back(file);
    add(set, read_bytes(cwd / file, file, yaml::Limits{}.bytes), file);
  }
  return set;
}

void check_names(DefinitionSet& set) {
  std::map<std::pair<std::string, std::string>, const FileDefinition*> first;
  for (const auto& item : set.definitions) {
    const auto& definition = item.definition;
    if (definition.name.empty()) continue;
    const auto [found, added] = first.try_emplace({definition.kind, definition.name}, &item);
    if (added) continue;
    Finding finding = definition.where;
    finding.severity = Severity::error;
    finding.code = "DUPLICATE_NAME";
    finding.message = fmt::format("{} '{}' is defined twice", definition.kind, definition.name);
    finding.hint = fmt::format("the first is in {}", to_string(Place{found->second->file,
                                                                     found->second->definition.where.span.line}));
    set.findings.push_back(std::move(finding));
  }
}

}  // namespace nines::usecases
