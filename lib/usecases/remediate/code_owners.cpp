// Finds the file where GitHub looks for it.
#include "usecases/remediate/code_owners.hpp"

#include <filesystem>

#include "base/read_file.hpp"
#include "ingest/codeowners.hpp"

namespace nines::usecases {
namespace {

/// GitHub reads no larger one.
constexpr std::size_t kLargestCodeOwners = 3 << 20;

std::filesystem::path project_of(const Session& session) {
  const auto folder = session.options().db.parent_path();
  return folder.filename() == ".nines" ? folder.parent_path() : folder;
}

}  // namespace

std::map<std::string, std::string> code_owners(const Session& session,
                                               const std::vector<std::string>& paths) {
  std::map<std::string, std::string> owners;
  if (paths.empty()) return owners;
  const auto project = project_of(session);
  for (const auto* place : {".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"}) {
    std::error_code none;
    const auto file = project / place;
    if (!std::filesystem::is_regular_file(file, none)) continue;
    const auto rules = ingest::read_codeowners(read_file(file, kLargestCodeOwners));
    for (const auto& path : paths)
      if (const auto* rule = ingest::owner_of(rules, path))
        owners.emplace(path, ingest::team_named(rule->owners.front()));
    break;
  }
  return owners;
}

}  // namespace nines::usecases
