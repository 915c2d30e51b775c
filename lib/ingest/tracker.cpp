// Tells the formats apart, and what they share.
#include "ingest/tracker.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/enum_names.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/tracker_formats.hpp"

namespace nines::ingest {
namespace {

constexpr EnumNames<TrackerFormat, 6> kTrackerFormats{
    {"github", "jira-json", "jira-csv", "markdown", "csv", "jsonl"}};
constexpr std::array<std::string_view, 12> kIssueMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::size_t kLongestTitle = 300;

std::optional<unsigned> issue_number(std::string_view text) {
  unsigned value = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view to_string(TrackerFormat format) { return kTrackerFormats.of(format); }
std::optional<TrackerFormat> tracker_format_from(std::string_view text) {
  return kTrackerFormats.find(text);
}
std::vector<std::string_view> tracker_format_names() { return kTrackerFormats.all(); }

TrackerFormat sniff_tracker(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto begin = trim(text.substr(0, std::min<std::size_t>(text.size(), 4096)));
  const auto line = trim(begin.substr(0, begin.find('\n')));
  if (begin.starts_with('[') && !begin.starts_with("[ ]") && !begin.starts_with("[x]"))
    return begin.find("\"fields\"") != std::string_view::npos ? TrackerFormat::jira_json
                                                              : TrackerFormat::github;
  if (begin.starts_with('{')) {
    const bool whole = begin.find("\"issues\"") != std::string_view::npos ||
                       begin.find("\"fields\"") != std::string_view::npos;
    return whole ? TrackerFormat::jira_json : TrackerFormat::json_lines;
  }
  if (text.find("- [") != std::string_view::npos || text.find("* [") != std::string_view::npos)
    return TrackerFormat::markdown;
  return to_lower_ascii(line).find("issue key") != std::string::npos ? TrackerFormat::jira_csv
                                                                     : TrackerFormat::csv;
}

IssueState issue_state(std::string_view word) {
  const auto state = to_lower_ascii(trim(word));
  static const std::map<std::string_view, IssueState> kWords{
      {"done", IssueState::done},
      {"closed", IssueState::done},
      {"resolved", IssueState::done},
      {"complete", IssueState::done},
      {"completed", IssueState::done},
      {"fixed", IssueState::done},
      {"in progress", IssueState::in_progress},
      {"in-progress", IssueState::in_progress},
      {"in review", IssueState::in_progress},
      {"indeterminate", IssueState::in_progress},
      {"not_planned", IssueState::not_doing},
      {"not planned", IssueState::not_doing},
      {"not-doing", IssueState::not_doing},
      {"won't do", IssueState::not_doing},
      {"won't fix", IssueState::not_doing},
      {"wontfix", IssueState::not_doing},
      {"duplicate", IssueState::not_doing},
      {"rejected", IssueState::not_doing},
      {"cancelled", IssueState::not_doing},
      {"canceled", IssueState::not_doing},
      {"superseded", IssueState::not_doing}};
  const auto found = kWords.find(state);
  return found == kWords.end() ? IssueState::open : found->second;
}

std::optional<Day> issue_day(std::string_view text) {
  text = trim(text);
  if (const auto day = parse_day(text.substr(0, 10))) return day;
  const auto parts = split(text.substr(0, text.find(' ')), '/');
  if (parts.size() != 3) return std::nullopt;
  const auto month = std::find(kIssueMonths.begin(), kIssueMonths.end(), to_lower_ascii(parts[1]));
  const auto day = issue_number(parts[0]);
  auto year = issue_number(parts[2]);
  if (month == kIssueMonths.end() || !day || !year) return std::nullopt;
  if (*year < 100) *year += 2000;
  return parse_day(fmt::format("{:04}-{:02}-{:02}", *year, month - kIssueMonths.begin() + 1, *day));
}

std::string issue_title(std::string_view text) {
  std::string line;
  for (const char c : trim(text)) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return bounded(escape_controls(line), kLongestTitle);
}

void add_issue(TrackerIssues& into, TrackerIssue issue, std::string_view name) {
  if (issue.title.empty() || issue.reference.empty()) {
    into.remarks.push_back(fmt::format("{}{}: no {}", name,
                                       issue.line > 0 ? ":" + std::to_string(issue.line) : "",
                                       issue.title.empty() ? "title" : "reference"));
    return;
  }
  const auto [found, fresh] = into.places.try_emplace(issue.reference, into.issues.size());
  if (fresh)
    into.issues.push_back(std::move(issue));
  else
    into.issues[found->second] = std::move(issue);
}

TrackerIssues read_tracker(std::string_view text, std::string_view name, TrackerFormat format,
                           const std::string& repository) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  TrackerIssues issues;
  switch (format) {
    case TrackerFormat::github:
      read_github_issues(issues, text, name, repository);
      break;
    case TrackerFormat::jira_json:
      read_jira_json(issues, text, name);
      break;
    case TrackerFormat::jira_csv:
      read_jira_csv(issues, text, name);
      break;
    case TrackerFormat::markdown:
      read_task_list(issues, text, name);
      break;
    case TrackerFormat::csv:
      read_issue_table(issues, text, name);
      break;
    case TrackerFormat::json_lines:
      read_issue_lines(issues, text, name);
      break;
  }
  return issues;
}

}  // namespace nines::ingest
