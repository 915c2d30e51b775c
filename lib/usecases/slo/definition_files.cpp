// Finds definition files under the paths a user names.
#include "usecases/slo/definition_files.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/error.hpp"

namespace nines::usecases {

namespace fs = std::filesystem;

namespace {

bool is_definition_name(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// The order of paths by their parts, without taking them apart.
bool before(const fs::path& a, const fs::path& b) {
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c); };
  return std::lexicographical_compare(a.native().begin(), a.native().end(), b.native().begin(),
                                      b.native().end(),
                                      [&](char x, char y) { return rank(x) < rank(y); });
}

/// Of a file below `folder`, found by listing it.
std::string relative_name(const fs::path& file, const fs::path& folder) {
  const auto rest = file.native().substr(folder.native().size());
  return rest.starts_with('/') ? rest.substr(1) : rest;
}

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
    // The listing says what each is, so none is asked again.
    if (is_definition_name(entry.path()) && !entry.is_symlink(error) &&
        entry.is_regular_file(error))
      found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end(), before);
  return found;
}

}  // namespace

std::vector<DefinitionFile> find_definition_files(const std::vector<std::string>& paths,
                                                  const fs::path& cwd) {
  std::vector<DefinitionFile> files;
  std::unordered_set<std::string> seen;
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
      if (seen.insert(path.native()).second) files.push_back({name, path, false});
      continue;
    }
    const fs::path shown = fs::path(name).lexically_normal();
    for (const fs::path& file : files_below(path, name)) {
      if (!seen.insert(file.native()).second) continue;
      const auto relative = relative_name(file, path);
      files.push_back({shown == "." ? relative : (shown / relative).string(), file, true});
    }
  }
  return files;
}

}  // namespace nines::usecases
