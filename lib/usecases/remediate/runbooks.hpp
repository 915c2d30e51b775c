// Runbooks of services, SLOs and alerts: links recorded, and checked against what is there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/process.hpp"
#include "domain/remediate/runbook.hpp"
#include "usecases/remediate/runbook_history.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RunbookRequest {
  std::string link;
  std::string kind;   ///< "SLO", "service", "alert"
  std::string about;  ///< its name
  bool reviewed = false;
};
/// A link that is recorded already is not recorded again; with `reviewed` it is marked as right
/// today. Throws Error{not_found} for a service or SLO that is not known, usage.
NINES_EXPORT nines::remediate::RunbookLink link_runbook(Session& session,
                                                        const RunbookRequest& request,
                                                        bool dry_run);

struct RunbookProblem {
  /// "dead", "outside", "no-anchor", "stale", "never-reviewed", "no-command", "not-checked"
  std::string kind;
  std::string text;

  /// Whether somebody must do something about it: a URL that was not tried is none.
  bool counts() const { return kind != "not-checked"; }
};

struct CheckedRunbook {
  std::string link;
  std::vector<std::string> of;  ///< "SLO checkout-availability", "service checkout", "INC-1"
  std::vector<std::string> records;  ///< "RBK-2"
  std::optional<Day> reviewed;
  std::vector<RunbookProblem> problems;
  std::optional<RunbookChange> change = {};  ///< since the review, of a stale file
};

struct RunbookReport {
  std::vector<CheckedRunbook> runbooks;  ///< by link
  std::vector<std::string> without;      ///< SLOs and alerts that nothing is linked to
  bool sound() const;
};

struct RunbookQuery {
  std::filesystem::path root;  ///< links are below it
  Micros longest = std::chrono::days{180};
  std::vector<std::string> url_command = {};  ///< words, one of them "{url}"; empty: none is tried
  ProcessEnvironment env = {};                ///< for PATH
  std::optional<std::string> incident = {};   ///< only what it touched
};
NINES_EXPORT RunbookReport check_runbooks(const Session& session, const RunbookQuery& query);

}  // namespace nines::usecases
