// What has changed in a runbook since somebody last said that it is right, as git knows it.
#pragma once

#include <filesystem>
#include <string>

#include "base/process.hpp"
#include "base/time.hpp"

namespace nines::usecases {

struct RunbookChange {
  std::string commit;   ///< the last one up to the end of that day; empty: git knows none
  std::string diff;     ///< from it to the file as it lies here; empty: nothing changed
  std::string why_not;  ///< why there is no diff to show
};

/// `file` is named from `root`. Runs git without a shell and without programs that the repository
/// names.
RunbookChange runbook_changes(const std::filesystem::path& root, const std::string& file, Day since,
                              const ProcessEnvironment& env);

}  // namespace nines::usecases
