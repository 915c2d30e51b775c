// Finds definition files under the paths a user names.
#include "usecases/slo/definition_files.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace nines::usecases {

namespace fs = std::filesystem;

namespace {

bool is_definition_name(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// All definition files below `root`, sorted by path.
std::vector<fs::path> files_below(const fs::path& root, const std::string& shown) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator at(root, error);
  if (error)
    throw Error(ExitCode::io, "cannot read the directory '" + shown + "': " + error.message());
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) throw Error(ExitCode::io, "cannot read below '" + shown + "': " + error.message());
    const fs::directory_entry& entry = *at;
    if (is_hidden(entry.path())) {
      if (entry.is_directory(error)) at.disable_recursion_pending();
      continue;
    }
    if (entry.symlink_status(error).type() == fs::file_type::regular &&
        is_definition_name(entry.path())) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<DefinitionFile> find_definition_files(const std::vector<std::string>& paths,
                                                  const fs::path& cwd) {
  std::vector<DefinitionFile> files;
  std::set<fs::path> seen;
  for (const std::string& name : paths) {
    if (name == "-") {
      files.push_back({"<stdin>", {}, false});
      continue;
    }
    const fs::path path = (cwd / name).lexically_normal();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      throw Error(ExitCode::not_found, "no such file or directory '" + name + "'",
                  "name YAML files, or directories that hold them");
    }
    if (!fs::is_directory(status)) {
      if (seen.insert(path).second) files.push_back({name, path, false});
      continue;
    }
    const fs::path shown = fs::path(name).lexically_normal();
    for (const fs::path& file : files_below(path, name)) {
      if (seen.insert(file).second)
        files.push_back(
            {(shown / file.lexically_relative(path)).lexically_normal().string(), file, true});
    }
  }
  return files;
}

}  // namespace nines::usecases
