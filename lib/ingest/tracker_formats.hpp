// Inside of the readers of trackers: one function per shape of text.
#pragma once

#include <string>
#include <string_view>

#include "ingest/tracker.hpp"

namespace nines::ingest {

void read_github_issues(TrackerIssues& into, std::string_view text, std::string_view name,
                        const std::string& repository);
void read_jira_json(TrackerIssues& into, std::string_view text, std::string_view name);
void read_jira_csv(TrackerIssues& into, std::string_view text, std::string_view name);
void read_task_list(TrackerIssues& into, std::string_view text, std::string_view name);
void read_issue_table(TrackerIssues& into, std::string_view text, std::string_view name);
void read_issue_lines(TrackerIssues& into, std::string_view text, std::string_view name);

/// Adds it, in place of an earlier one of that reference; one without title or reference is
/// remarked on.
void add_issue(TrackerIssues& into, TrackerIssue issue, std::string_view name);

/// What trackers' own words for a state mean: "Done", "closed", "In Progress", "Won't Do".
IssueState issue_state(std::string_view word);
/// "2026-12-01", "2026-12-01T…", "01/Dec/26 …"; empty on anything else.
std::optional<Day> issue_day(std::string_view text);
/// One line of text without control characters, at most 300 bytes.
std::string issue_title(std::string_view text);

}  // namespace nines::ingest
