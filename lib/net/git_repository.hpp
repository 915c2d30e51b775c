// A bare git repository of our own, and the git program at work in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/process.hpp"

namespace nines::net {

struct GitObject {
  std::string type;  ///< "blob", "tree", "commit"
  std::string bytes;
};

/// What others configured, for their own repositories or for all, runs nothing here: no hooks, no
/// pager, no prompts, no GIT_* variables; what reaches a remote (credentials, proxies) is kept. Not
/// for two processes at once: whoever makes one holds the lock of its folder.
class GitRepository {
 public:
  /// Makes it where there is none, and takes away what a git that was killed left locked. Throws
  /// Error{not_found} where git is not installed.
  explicit GitRepository(std::filesystem::path folder);

  /// What a command prints that touches nothing but this repository. Throws Error{io} with git's
  /// complaint.
  std::string run(std::vector<std::string> arguments, std::string input = {}) const;
  /// A command that talks to a remote: how it ended is for the caller to judge. Throws
  /// Error{interrupted}.
  ProcessResult talk(std::vector<std::string> arguments, Micros deadline) const;

  /// Object ids by full name, of the refs below `prefix` ("refs/fetched/").
  std::map<std::string, std::string> refs(const std::string& prefix) const;
  /// The objects of these names, in order; empty where there is none. Throws Error{bad_data} for
  /// one of more than `limit` bytes: it came from elsewhere.
  std::vector<std::optional<GitObject>> read(const std::vector<std::string>& names,
                                             std::size_t limit) const;

  /// Gathers what many small exchanges left lying about, once it is much.
  void tidy() const;

 private:
  ProcessResult start(std::vector<std::string> arguments, ProcessRequest request) const;
  void make() const;

  std::filesystem::path folder_;
};

}  // namespace nines::net
