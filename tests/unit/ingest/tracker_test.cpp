// Trackers' exports, and who owns which files.
#include "ingest/tracker.hpp"

#include <catch2/catch.hpp>

#include "base/day.hpp"
#include "base/error.hpp"
#include "ingest/codeowners.hpp"

namespace {

using namespace nines::ingest;

TrackerIssues read_issues(std::string_view text, const char* repository = "") {
  return read_tracker(text, "f", sniff_tracker(text), repository);
}

TEST_CASE("formats of trackers are told apart", "[tracker]") {
  CHECK(sniff_tracker(R"([{"number":1}])") == TrackerFormat::github);
  CHECK(sniff_tracker(R"([{"key":"A-1","fields":{}}])") == TrackerFormat::jira_json);
  CHECK(sniff_tracker("{\"issues\":[]}") == TrackerFormat::jira_json);
  CHECK(sniff_tracker("{\"title\":\"a\"}\n") == TrackerFormat::json_lines);
  CHECK(sniff_tracker("# x\n- [ ] a\n") == TrackerFormat::markdown);
  CHECK(sniff_tracker("Issue key,Summary\n") == TrackerFormat::jira_csv);
  CHECK(sniff_tracker("title,due\n") == TrackerFormat::csv);
  CHECK(sniff_tracker("\xEF\xBB\xBFSummary,Issue key\n") == TrackerFormat::jira_csv);
}

TEST_CASE("an issue has one reference for ever", "[tracker]") {
  const auto github = read_issues(
      R"([{"number":12,"title":"a\nb","state":"CLOSED","stateReason":"NOT_PLANNED",
           "url":"https://github.com/o/r/issues/12"},
          {"number":12,"title":"again","state":"OPEN","url":"https://ghe.example.org/o/r/issues/12"}])");
  REQUIRE(github.issues.size() == 1);  // the last of two
  CHECK(github.issues[0].reference == "o/r#12");
  CHECK(github.issues[0].title == "again");
  CHECK_THROWS_AS(read_issues(R"([{"number":1,"title":"a","state":"OPEN"}])"), nines::Error);
  CHECK(read_issues(R"([{"number":1,"title":"a","state":"OPEN"}])", "o/r").issues[0].reference == "o/r#1");
  const auto tasks = read_issues("- [ ] do it\n- [x] ACT-3: \\*done\\*\n");
  REQUIRE(tasks.issues.size() == 2);
  CHECK(tasks.issues[0].reference == read_issues("text\n\n- [x] do it\n").issues[0].reference);
  CHECK(tasks.issues[1].action == "ACT-3");
  CHECK(tasks.issues[1].title == "*done*");
}

TEST_CASE("what cannot be read of an issue is said", "[tracker]") {
  const auto jira = read_issues("Issue key,Summary,Status,Due date\n,x,Done,\nA-1,,Done,\nA-2,y,Done,soon\n");
  CHECK(jira.issues.size() == 1);
  REQUIRE(jira.remarks.size() == 3);
  CHECK(jira.remarks[2] == "f:4: 'soon' is no day");
  CHECK(read_issues("Issue key,Summary,Status,Due date\nA-2,y,To Do,3/Feb/27 1:00 PM\n").issues[0].due ==
        nines::parse_day("2027-02-03"));
  CHECK_THROWS_AS(read_issues("{\"a\":1}\n[}"), nines::Error);
}

TEST_CASE("patterns of CODEOWNERS match as GitHub's", "[codeowners]") {
  CHECK(owns("*", "a/b.c"));
  CHECK(owns("*.js", "a/b/c.js"));
  CHECK_FALSE(owns("*.js", "a/b/c.jsx"));
  CHECK(owns("/build/logs/", "build/logs/a/b"));
  CHECK_FALSE(owns("/build/logs/", "x/build/logs/a"));
  CHECK_FALSE(owns("/build/logs/", "build/logs"));
  CHECK(owns("docs/*", "docs/getting-started.md"));
  CHECK_FALSE(owns("docs/*", "docs/build-app/troubleshooting.md"));
  CHECK(owns("apps/", "x/apps/y/z"));
  CHECK(owns("apps/", "apps/z"));
  CHECK(owns("/docs/", "docs/a"));
  CHECK_FALSE(owns("/docs/", "x/docs/a"));
  CHECK(owns("**/logs", "build/logs/x"));
  CHECK(owns("**/logs", "deeply/nested/logs/x"));
  CHECK(owns("**/logs", "logs/x"));
  CHECK(owns("/apps/github", "apps/github/x"));
  CHECK_FALSE(owns("/apps/github", "apps/githubs/x"));
  CHECK(owns("a/**/b", "a/b"));
  CHECK(owns("a/**/b", "a/x/y/b"));
  CHECK(owns("a/**", "a/x/y"));
  CHECK_FALSE(owns("a/**", "b/x"));
  CHECK(owns("file?.c", "x/file1.c"));
  CHECK_FALSE(owns("/", "a"));
}

TEST_CASE("the last pattern that matches counts", "[codeowners]") {
  const auto rules = read_codeowners(
      "# all\n*       @o/all\n*.go @o/go bo@example.org # inline\n/vendor/\n!no @x\n/a\t@ada\n");
  REQUIRE(rules.size() == 4);
  CHECK(owner_of(rules, "x.c")->owners.front() == "@o/all");
  CHECK(owner_of(rules, "x.go")->owners == std::vector<std::string>{"@o/go", "bo@example.org"});
  CHECK(owner_of(rules, "vendor/x.go") == nullptr);  // nobody, on purpose
  CHECK(owner_of(rules, "a/x.go")->owners.front() == "@ada");
  CHECK(team_named("@o/go") == "go");
  CHECK(team_named("@ada") == "ada");
  CHECK(team_named("bo@example.org") == "bo@example.org");
}

}  // namespace
