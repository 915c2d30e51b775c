// Finds definition files under the paths a user names, and reads them within the size limit.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace nines::usecases::slo {

struct DefinitionFile {
  std::string name;              ///< as findings show it: the user's path, plus the way below it
  std::filesystem::path path;    ///< empty for standard input
  bool below_directory = false;  ///< found by looking, not named
};

/// Files as named; directories recursively: *.yaml, *.yml, *.json by name, without hidden entries
/// and symbolic links. A file met twice is kept once. Throws Error{not_found} with a hint.
std::vector<DefinitionFile> find_definition_files(const std::vector<std::string>& paths,
                                                  const std::filesystem::path& cwd);

/// At most `limit` + 1 bytes, so that a larger file shows. Throws Error{io}.
std::string read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace nines::usecases::slo
