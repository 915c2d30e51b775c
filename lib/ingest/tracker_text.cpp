// Issues as Jira's CSV, as a table of our own columns, and as a task list in Markdown.
#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/markdown_lines.hpp"
#include "ingest/table_rows.hpp"
#include "ingest/tracker_formats.hpp"

namespace nines::ingest {
namespace {

/// Cells by the lower-case name of their column; of columns that repeat, the first that says
/// something.
class IssueRow {
 public:
  IssueRow(const std::vector<std::string>& names, const std::vector<std::string_view>& cells)
      : names_(names), cells_(cells) {}
  std::string operator[](std::string_view name) const {
    for (std::size_t i = 0; i < names_.size() && i < cells_.size(); ++i)
      if (names_[i] == name && !trim(cells_[i]).empty()) return std::string(trim(cells_[i]));
    return {};
  }

 private:
  const std::vector<std::string>& names_;
  const std::vector<std::string_view>& cells_;
};

std::vector<std::string> header_of(const TableRows& rows) {
  std::vector<std::string> names;
  for (const auto cell : rows.cells()) names.push_back(to_lower_ascii(trim(cell)));
  return names;
}

void require_column(const std::vector<std::string>& names, std::string_view column,
                    std::string_view file) {
  if (std::find(names.begin(), names.end(), column) != names.end()) return;
  throw Error(ExitCode::bad_data,
              fmt::format("'{}' has no column '{}'", file, column),
              "columns: title, and any of tracker, name, state, because, owner, team, services, "
              "due, done_when, type, effort",
              "MISSING_COLUMN");
}

/// A cell that was made safe for spreadsheets by an apostrophe, as it was.
std::string unguarded(std::string text) {
  if (text.size() > 1 && text[0] == '\'' &&
      std::string_view("=+-@\t\r").find(text[1]) != std::string_view::npos)
    text.erase(0, 1);
  return text;
}

/// A task as it was before it became Markdown.
std::string plain_task(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() &&
                        std::string_view("\\`*_[]<>&|~").find(text[i + 1]) != std::string_view::npos;
    plain += escape ? text[++i] : text[i];
  }
  return plain;
}

/// "ACT-3" at the beginning of a task, and what follows it.
std::string action_at(std::string_view text, std::string_view& rest) {
  rest = text;
  if (!text.starts_with("ACT-")) return {};
  const auto end = std::min(text.find_first_of(" :"), text.size());
  rest = trim(text.substr(end == text.size() ? end : end + 1));
  return std::string(text.substr(0, end));
}

}  // namespace

void read_jira_csv(TrackerIssues& into, std::string_view text, std::string_view name) {
  TableRows rows(text, name);
  if (!rows.next()) return;
  const auto names = header_of(rows);
  require_column(names, "issue key", name);
  require_column(names, "summary", name);
  while (rows.next()) {
    const IssueRow row(names, rows.cells());
    TrackerIssue issue;
    issue.line = rows.line();
    issue.reference = row["issue key"];
    issue.title = issue_title(row["summary"]);
    issue.state_there = row["status"];
    issue.state = issue_state(issue.state_there);
    if (issue.state == IssueState::open && !row["status category"].empty())
      issue.state = issue_state(row["status category"]);
    if (const auto resolution = row["resolution"];
        issue.state == IssueState::done && issue_state(resolution) == IssueState::not_doing) {
      issue.state = IssueState::not_doing;
      issue.state_there += ", " + resolution;
      issue.because = resolution;
    }
    issue.owner = row["assignee"];
    const auto due = row["due date"].empty() ? row["due"] : row["due date"];
    issue.due = issue_day(due);
    if (!due.empty() && !issue.due)
      into.remarks.push_back(fmt::format("{}:{}: '{}' is no day", name, rows.line(), due));
    add_issue(into, std::move(issue), name);
  }
}

void read_issue_table(TrackerIssues& into, std::string_view text, std::string_view name) {
  TableRows rows(text, name);
  if (!rows.next()) return;
  const auto names = header_of(rows);
  require_column(names, "title", name);
  while (rows.next()) {
    const IssueRow row(names, rows.cells());
    TrackerIssue issue;
    issue.line = rows.line();
    issue.action = row["name"];
    issue.reference = unguarded(row["tracker"].empty() ? row["reference"] : row["tracker"]);
    if (issue.reference.empty()) issue.reference = issue.action;
    issue.title = issue_title(unguarded(row["title"]));
    if (issue.reference.empty() && !issue.title.empty())
      issue.reference = fmt::format("{}:{}", name, to_hex(sha256(issue.title)).substr(0, 12));
    issue.state_there = row["state"];
    issue.state = issue_state(issue.state_there);
    issue.because = unguarded(row["because"]);
    issue.owner = unguarded(row["owner"]);
    issue.team = unguarded(row["team"]);
    issue.services = row["services"];
    issue.done_when = unguarded(row["done_when"]);
    issue.type = row["type"];
    issue.effort = row["effort"];
    issue.due = issue_day(row["due"]);
    if (!row["due"].empty() && !issue.due)
      into.remarks.push_back(fmt::format("{}:{}: '{}' is no day", name, rows.line(), row["due"]));
    add_issue(into, std::move(issue), name);
  }
}

void read_task_list(TrackerIssues& into, std::string_view text, std::string_view name) {
  for (const auto& line : markdown_lines(text)) {
    using Kind = MarkdownLine::Kind;
    if (line.kind == Kind::fence || line.kind == Kind::front) continue;
    auto content = trim(line.raw);
    if (!content.starts_with("- ") && !content.starts_with("* ") && !content.starts_with("+ "))
      continue;
    content = trim(content.substr(2));
    if (content.size() < 3 || content[0] != '[' || content[2] != ']') continue;
    const char mark = content[1];
    if (mark != ' ' && mark != 'x' && mark != 'X') continue;
    TrackerIssue issue;
    issue.line = line.number;
    issue.state = mark == ' ' ? IssueState::open : IssueState::done;
    issue.state_there = mark == ' ' ? "[ ]" : "[x]";
    std::string_view rest;
    issue.action = action_at(trim(content.substr(3)), rest);
    issue.title = issue_title(plain_task(rest));
    issue.reference =
        !issue.action.empty()
            ? issue.action
            : fmt::format("{}:{}", name, to_hex(sha256(issue.title)).substr(0, 12));
    add_issue(into, std::move(issue), name);
  }
}

}  // namespace nines::ingest
