// Where the reviews of a pull or merge request are read from.
#pragma once

#include <filesystem>
#include <string>

namespace nines::usecases {

/// Made by `gh pr view --json author,headRefOid,reviews,url`, `gh api repos/…/pulls/N/reviews`, or
/// `glab api projects/…/merge_requests/N/approvals`.
struct ReviewsFile {
  std::filesystem::path file;
  std::string shown;        ///< the file as it was named
  std::string commit = {};  ///< newest of the request, where the file does not say
};

}  // namespace nines::usecases
