// Issues as GitHub's command line and Jira's REST interface print them, and as JSON lines.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/json_stream.hpp"
#include "ingest/tracker_formats.hpp"

namespace nines::ingest {
namespace {

Error no_export(std::string_view name, const std::string& what, const std::string& hint) {
  return Error(ExitCode::bad_data, fmt::format("'{}' {}", name, what), hint, "BAD_EXPORT");
}

std::string text_in(const Json& json, std::string_view member) {
  const auto* value = json.find(member);
  if (value == nullptr) return {};
  if (value->is_string()) return value->as_string();
  return value->is_number() ? value->dump() : std::string();
}

/// "https://github.com/org/repo/issues/12" as "org/repo#12"; empty for anything else.
std::string reference_in(std::string_view url, const std::string& number) {
  const auto parts = split(url, '/');
  if (parts.size() < 7 || (parts[5] != "issues" && parts[5] != "pull")) return {};
  return fmt::format("{}/{}#{}", parts[3], parts[4], number.empty() ? parts[6] : number);
}

TrackerIssue jira_issue(const Json& one) {
  TrackerIssue issue;
  issue.reference = one.text("key");
  const auto* fields = one.find("fields");
  if (fields == nullptr || !fields->is_object()) return issue;
  issue.title = issue_title(fields->text("summary"));
  if (const auto* status = fields->find("status")) {
    issue.state_there = status->text("name");
    const auto* category = status->find("statusCategory");
    const auto key = category != nullptr ? category->text("key") : std::string();
    issue.state = issue_state(key.empty() || key == "new" ? issue.state_there : key);
  }
  if (const auto* resolution = fields->find("resolution"); resolution != nullptr) {
    const auto name = resolution->text("name");
    if (issue.state == IssueState::done && issue_state(name) == IssueState::not_doing) {
      issue.state = IssueState::not_doing;
      issue.state_there += ", " + name;
      issue.because = name;
    }
  }
  if (const auto* assignee = fields->find("assignee")) issue.owner = assignee->text("displayName");
  issue.due = issue_day(fields->text("duedate"));
  return issue;
}

}  // namespace

void read_github_issues(TrackerIssues& into, std::string_view text, std::string_view name,
                        const std::string& repository) {
  const auto json = Json::parse(text, name);
  if (!json.is_array())
    throw no_export(name, "is no list of issues",
                    "gh issue list --state all --json number,title,state,stateReason,url,assignees");
  for (const auto& one : json.as_array()) {
    TrackerIssue issue;
    const auto number = text_in(one, "number");
    issue.reference = reference_in(text_in(one, "url"), number);
    if (issue.reference.empty() && !repository.empty() && !number.empty())
      issue.reference = repository + "#" + number;
    if (issue.reference.empty() && !number.empty())
      throw no_export(name, "names no repository: issue " + number + " has no URL",
                      "export 'url' too, or name it: --repo org/repo");
    issue.title = issue_title(text_in(one, "title"));
    issue.state_there = text_in(one, "state");
    issue.state = issue_state(issue.state_there);
    if (const auto reason = text_in(one, "stateReason");
        issue.state == IssueState::done && issue_state(reason) == IssueState::not_doing) {
      issue.state = IssueState::not_doing;
      issue.state_there += ", " + reason;
      issue.because = reason;
    }
    if (const auto* people = one.find("assignees"); people != nullptr && people->is_array())
      for (const auto& person : people->as_array())
        if (issue.owner.empty()) issue.owner = text_in(person, "login");
    if (const auto* milestone = one.find("milestone"))
      issue.due = issue_day(text_in(*milestone, "dueOn"));
    add_issue(into, std::move(issue), name);
  }
}

void read_jira_json(TrackerIssues& into, std::string_view text, std::string_view name) {
  const auto json = Json::parse(text, name);
  const auto* list = json.is_array() ? &json : json.find("issues");
  if (list == nullptr && json.find("fields") != nullptr) {
    add_issue(into, jira_issue(json), name);
    return;
  }
  if (list == nullptr || !list->is_array())
    throw no_export(name, "holds no issues", "the answer of Jira's search has a list 'issues'");
  for (const auto& one : list->as_array()) add_issue(into, jira_issue(one), name);
}

void read_issue_lines(TrackerIssues& into, std::string_view text, std::string_view name) {
  JsonStream stream(text);
  while (const auto piece = stream.next()) {
    const auto one = JsonStream::read(*piece, name);
    TrackerIssue issue;
    issue.line = piece->line;
    issue.action = text_in(one, "name");
    issue.reference = text_in(one, "tracker");
    if (issue.reference.empty()) issue.reference = text_in(one, "reference");
    if (issue.reference.empty()) issue.reference = issue.action;
    issue.title = issue_title(text_in(one, "title"));
    issue.state_there = text_in(one, "state");
    issue.state = issue_state(issue.state_there);
    issue.because = text_in(one, "because");
    issue.owner = text_in(one, "owner");
    issue.team = text_in(one, "team");
    issue.type = text_in(one, "type");
    issue.effort = text_in(one, "effort");
    issue.done_when = text_in(one, "done_when");
    issue.services = text_in(one, "services");
    const auto due = text_in(one, "due");
    issue.due = issue_day(due);
    if (!due.empty() && !issue.due)
      into.remarks.push_back(fmt::format("{}:{}: '{}' is no day", name, piece->line, due));
    add_issue(into, std::move(issue), name);
  }
}

}  // namespace nines::ingest
