// Where replicas leave their events for one another, told apart by its address.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/export.hpp"
#include "base/process.hpp"

namespace nines::usecases {

struct SyncPlace {
  enum class Kind { folder, git, postgres };
  Kind kind = Kind::folder;
  /// By which it is known again: a folder's path and a git remote's are absolute; a git remote's
  /// address has no "git:" before it, a database's is its whole URL, which holds no secret.
  std::string address;
  std::filesystem::path program = {};  ///< a database's: the companion nines-postgres, if there is
  ProcessEnvironment env = {};         ///< a database's: what libpq may read
};

/// Throws Error{usage} for an address of a kind that nobody knows, and one that git is not given,
/// and for a database's with a secret in it.
NINES_EXPORT SyncPlace sync_place_from(std::string_view text, const std::filesystem::path& cwd);

/// As people write it: "/mnt/team/nines", "git:git@host:team/record.git",
/// "postgres://host/record".
NINES_EXPORT std::string to_string(const SyncPlace& place);

}  // namespace nines::usecases
