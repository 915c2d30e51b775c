// Asks the git program about a repository.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nines::ingest {

/// The words that ask git about a repository that one only looks at: its configuration cannot make
/// git run other programs, nothing is written there, and no pager waits.
std::vector<std::string> git_command(const std::filesystem::path& folder,
                                     const std::vector<std::string>& arguments);

/// What such a `git -C FOLDER ARGUMENTS` prints. Throws Error{not_found} when git is not installed,
/// Error{bad_data} with git's first line of complaint when it fails.
std::string run_git(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

struct Commit {
  std::string hash;
  std::string time;  ///< of the commit, RFC 3339 with offset
  std::string author;
  std::vector<std::string> tags;
  std::string subject;
  std::string reverts;               ///< the commit that it says it reverts
  std::uint64_t lines = 0;           ///< added and deleted
  std::vector<std::string> touched;  ///< files, at most `kMostTouchedFiles`
};
inline constexpr std::size_t kMostTouchedFiles = 200;

/// Commits of the first-parent history of HEAD, newest first, at most `limit`.
std::vector<Commit> git_commits(const std::filesystem::path& folder, int limit);

}  // namespace nines::ingest
