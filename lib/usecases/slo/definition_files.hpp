// Finds definition files under the paths a user names.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nines::usecases {

struct DefinitionFile {
  std::string name;              ///< as findings show it: the user's path, plus the way below it
  std::filesystem::path path;    ///< empty for standard input
  bool below_directory = false;  ///< found by looking, not named
};

/// Files as named; directories recursively: *.yaml, *.yml, *.json by name, without hidden entries
/// and symbolic links. A file met twice is kept once. Throws Error{not_found} with a hint.
std::vector<DefinitionFile> find_definition_files(const std::vector<std::string>& paths,
                                                  const std::filesystem::path& cwd);

}  // namespace nines::usecases
