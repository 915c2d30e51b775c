// Asks git which files differ from a revision.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace nines::usecases {

/// Canonical paths of files that were added or changed since `revision`, committed or not, and of
/// untracked ones. Throws Error: usage for a revision git does not know, config without git or
/// outside a work tree.
std::set<std::filesystem::path> changed_files(const std::filesystem::path& cwd,
                                              const std::string& revision);

}  // namespace nines::usecases
