// Actions and the issues of a tracker: taken in once, compared ever after, and given out again.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/action.hpp"
#include "usecases/remediate/actions.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// "github", "jira-json", "jira-csv", "markdown", "csv", "jsonl".
NINES_EXPORT std::vector<std::string_view> tracker_formats();

struct TrackerImport {
  std::string name;  ///< of the file, without its folder
  std::optional<std::string> format = {};      ///< empty: by what it looks like
  std::string repository = {};                 ///< of GitHub issues without their URL
  std::optional<std::string> incident = {};    ///< that new actions answer
  ActionFields fields = {};                    ///< of new actions, where the issue says nothing
  bool closed = false;                         ///< take in issues that are closed there, too
  bool take = false;                           ///< where the two differ, do as the tracker says
  std::vector<std::string> only = {};          ///< references; empty: all
};

enum class TrackedOutcome : std::uint8_t { added, same, drifted, taken, skipped };
std::string_view to_string(TrackedOutcome outcome);

/// What is different here and there.
struct Drift {
  std::string field;  ///< "state", "title", "due", "owner"
  std::string here;
  std::string there;
};

struct TrackedIssue {
  std::string reference;
  std::string action;  ///< name; empty: skipped, or nothing was written
  std::string title;   ///< as the tracker has it
  std::string state_there;
  std::string state_here;
  TrackedOutcome outcome = TrackedOutcome::same;
  std::vector<Drift> drift;
};

struct TrackedIssues {
  std::string format;
  std::vector<TrackedIssue> issues;  ///< in their order
  std::vector<std::string> remarks;  ///< what could not be read
};

/// One transaction. An issue is known by its reference, so that taking the same export in again
/// adds nothing. Throws Error{bad_data} for what is no such export.
NINES_EXPORT TrackedIssues import_issues(Session& session, std::istream& in,
                                         const TrackerImport& request, bool dry_run);

/// Actions as a task list in Markdown, open ones first; it can be imported again.
NINES_EXPORT std::string task_list(const std::vector<ListedAction>& actions);

}  // namespace nines::usecases
