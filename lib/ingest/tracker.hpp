// Issues of trackers: GitHub's and Jira's exports, task lists in Markdown, tables and JSON lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"

namespace nines::ingest {

enum class TrackerFormat : std::uint8_t { github, jira_json, jira_csv, markdown, csv, json_lines };
std::string_view to_string(TrackerFormat format);  ///< "github", "jira-json", ...
std::optional<TrackerFormat> tracker_format_from(std::string_view text);
std::vector<std::string_view> tracker_format_names();
/// By what the text looks like.
TrackerFormat sniff_tracker(std::string_view text);

inline constexpr std::size_t kMostTrackerBytes = std::size_t{64} << 20;

/// Where an issue stands in its tracker, in our words.
enum class IssueState : std::uint8_t { open, in_progress, done, not_doing };

struct TrackerIssue {
  std::string reference;    ///< for ever: "org/repo#12", "OPS-311", "todo.md:5f2a…"
  std::string action = {};  ///< "ACT-3", where the text names one of ours
  std::string title;
  std::string state_there = {};  ///< "CLOSED, NOT_PLANNED", "In Progress"
  IssueState state = IssueState::open;
  std::string because = {};  ///< why it is not done
  std::string owner = {};
  std::string team = {};
  std::string services = {};  ///< with commas between
  std::string done_when = {};
  std::string type = {};
  std::string effort = {};
  std::optional<Day> due = {};
  int line = 0;  ///< of the text, from 1; 0: not known
};

struct TrackerIssues {
  std::vector<TrackerIssue> issues;   ///< one per reference: the last of several
  std::vector<std::string> remarks;   ///< what could not be read of one, with its place
  std::map<std::string, std::size_t, std::less<>> places = {};  ///< of each reference in `issues`
};

/// `repository` ("org/repo") is for GitHub issues that come without their URL; `name` is the file's,
/// without its folder. Throws Error{bad_data} for a text that is no such export.
TrackerIssues read_tracker(std::string_view text, std::string_view name, TrackerFormat format,
                           const std::string& repository);

}  // namespace nines::ingest
