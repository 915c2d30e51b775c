// Findings in every format: carets by display width, escapes, limits.
#include "render/findings.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "base/json.hpp"
#include "support/json_schema.hpp"
#include "support/shared_data.hpp"
#include "support/well_formed.hpp"

namespace {

using namespace nines;
using namespace nines::render;

Finding finding_in(std::string line, int column, int end_column) {
  Finding finding;
  finding.code = "BAD_NAME";
  finding.file = "a,b: 50%.yaml";
  finding.span = {3, column, 3, end_column, 10, 12};
  finding.message = "'x' is\nno name";
  finding.hint = "use y";
  finding.source_line = std::move(line);
  finding.rejected_by = {"nines"};
  return finding;
}

std::string findings_text(const FindingReport& report, FindingFormat format) {
  std::ostringstream out;
  write_findings(out, report, format, Style{});
  return out.str();
}

}  // namespace

TEST_CASE("the caret stands below the place, however wide the text is", "[render]") {
  const std::string text = finding_text(finding_in("  name: 日本 \x1b[31mé: x", 9, 11), Style{});
  CHECK(text.find("3 |   name: 日本 \\x1b[31mé: x\n    |         ^~~~ use y\n") !=
        std::string::npos);
  const std::string tab = finding_text(finding_in("\tname: x", 2, 6), Style{});
  CHECK(tab.find("3 |  name: x\n    |  ^~~~ use y\n") != std::string::npos);
  const std::string far = finding_text(
      finding_in(std::string(3000, 'a') + " bad " + std::string(500, 'b'), 3002, 3005), Style{});
  CHECK(far.size() < 500);
  CHECK(far.find(" bad ") != std::string::npos);
  CHECK(far.find("^~~ use y") != std::string::npos);
}

TEST_CASE("annotations escape what would end them, and keep to the limits", "[render]") {
  FindingReport report;
  report.files = {"a,b: 50%.yaml"};
  report.findings = {finding_in("x", 1, 2)};
  CHECK(findings_text(report, FindingFormat::github) ==
        "::error file=a%2Cb%3A 50%25.yaml,line=3,endLine=3,col=1,endColumn=2,title=BAD_NAME::'x' "
        "is%0Ano name%0Ause y\n");
  report.findings.assign(25, report.findings[0]);
  const std::string many = findings_text(report, FindingFormat::github);
  CHECK(std::count(many.begin(), many.end(), '\n') == 11);
  CHECK(many.find("15 more findings") != std::string::npos);
}

TEST_CASE("JSON formats are JSON, with fingerprints that differ", "[render]") {
  FindingReport report;
  report.files = {"a,b: 50%.yaml"};
  report.findings = {finding_in("x", 1, 2), finding_in("x", 1, 2)};
  report.findings[0].fix = {{10, 12, "y"}};
  report.findings[1].span.line = 9;
  const Json gitlab = Json::parse(findings_text(report, FindingFormat::gitlab));
  REQUIRE(gitlab.as_array().size() == 2);
  CHECK(gitlab.as_array()[0].text("fingerprint") != gitlab.as_array()[1].text("fingerprint"));
  const std::string first = gitlab.as_array()[0].text("fingerprint");
  report.findings[0].span.line = 77;
  CHECK(
      Json::parse(findings_text(report, FindingFormat::gitlab)).as_array()[0].text("fingerprint") ==
      first);
  const Json sarif = Json::parse(findings_text(report, FindingFormat::sarif));
  const Json& run = sarif.find("runs")->as_array()[0];
  CHECK(run.find("results")->as_array().size() == 2);
  CHECK(run.find("results")->as_array()[0].find("fixes") != nullptr);
  CHECK(findings_json(report).integer("errors") == 2);
}

TEST_CASE("JUnit has a case per file and no markup from the text", "[render]") {
  FindingReport report;
  report.files = {"a,b: 50%.yaml", "good.yaml"};
  report.findings = {finding_in("<x a=\"1\">&\x01", 1, 2)};
  const std::string xml = findings_text(report, FindingFormat::junit);
  CHECK(xml.find("tests=\"2\" failures=\"1\"") != std::string::npos);
  CHECK(xml.find("&lt;x a=&quot;1&quot;&gt;&amp;\\x01") != std::string::npos);
  CHECK(xml.find('\x01') == std::string::npos);
}

namespace {

/// Errors, warnings and notes in files with names and texts that every format must escape.
FindingReport mixed_report() {
  FindingReport report;
  report.files = {"a,b: 50%.yaml", "slos/é <&>.yaml", "z.yaml"};
  report.findings = {finding_in("x: ]]> <y>", 1, 2), finding_in("é: \x01", 2, 3)};
  report.findings[0].fix = {{10, 12, "]]>"}};
  report.findings[1].file = report.files[1];
  report.findings[1].severity = Severity::warning;
  report.findings[1].hint = "a \"quote\" and an & and a < and a ' and a \x02";
  report.findings.push_back(report.findings[1]);
  report.findings[2].code = "NOT_A_CODE_OF_OURS";
  report.findings[2].severity = Severity::info;
  report.findings[2].span = {};  // about the whole file
  report.findings[2].hint.clear();
  report.documents = 3;
  return report;
}

}  // namespace

TEST_CASE("SARIF is what the standard says", "[render]") {
  const auto schema = test::read_file(test::repository() / "tests/support/sarif_2_1_0.json");
  for (const FindingReport& report : {FindingReport{}, mixed_report()}) {
    const std::string text = findings_text(report, FindingFormat::sarif);
    CHECK(test::json_problems(text, schema) == "");
    const Json sarif = Json::parse(text);
    const Json& run = sarif.find("runs")->as_array()[0];
    const auto& rules = run.find("tool")->find("driver")->find("rules")->as_array();
    for (const Json& result : run.find("results")->as_array()) {
      const auto index = static_cast<std::size_t>(result.integer("ruleIndex", -1));
      REQUIRE(index < rules.size());
      CHECK(rules[index].text("id") == result.text("ruleId"));
    }
  }
  FindingReport many;
  many.files = {"a.yaml"};
  many.findings.assign(25'001, finding_in("x", 1, 2));
  const std::string text = findings_text(many, FindingFormat::sarif);
  CHECK(test::json_problems(text, schema) == "");
  CHECK(text.find("1 finding left out") != std::string::npos);
}

TEST_CASE("GitLab gets every field it wants, and nothing that is not unique", "[render]") {
  const std::string schema = R"({"type": "array", "items": {"type": "object",
      "required": ["description", "check_name", "fingerprint", "severity", "location"],
      "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "pattern": "^[A-Z0-9_]+$"},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {"type": "object", "required": ["path", "lines"], "properties": {
          "path": {"type": "string", "pattern": "^[^/]"},
          "lines": {"type": "object", "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}})";
  const std::string text = findings_text(mixed_report(), FindingFormat::gitlab);
  CHECK(test::json_problems(text, schema) == "");
  CHECK(Json::parse(text).as_array().size() == 3);
}

TEST_CASE("reviewdog gets byte columns, and mends of what is marked", "[render]") {
  const Json document = Json::parse(findings_text(mixed_report(), FindingFormat::rdjson));
  const auto& list = document.find("diagnostics")->as_array();
  REQUIRE(list.size() == 3);
  CHECK(list[0].find("suggestions")->as_array()[0].text("text") == "]]>");
  const Json& start = *list[1].find("location")->find("range")->find("start");
  CHECK(start.integer("column") == 3);  // after the two bytes of é
  CHECK(list[1].text("severity") == "WARNING");
  CHECK(list[2].find("location")->find("range") == nullptr);
}

TEST_CASE("XML formats are well formed, whatever the text holds", "[render]") {
  for (const auto format : {FindingFormat::junit, FindingFormat::checkstyle}) {
    for (const FindingReport& report : {FindingReport{}, mixed_report()}) {
      const std::string text = findings_text(report, format);
      INFO(text);
      CHECK(test::xml_problem(text) == "");
    }
  }
  CHECK(test::xml_problem("<a b=\"<\"/>") != "");
  CHECK(test::xml_problem("<a><b></a></b>") != "");
  CHECK(test::xml_problem("<a>&nbsp;</a>") != "");
  CHECK(test::xml_problem("<a>\x01</a>") != "");
  CHECK(test::xml_problem("<a/><b/>") != "");
  CHECK(findings_text(mixed_report(), FindingFormat::junit).find("failures=\"1\"") !=
        std::string::npos);
}

TEST_CASE("a step summary is a table that the text cannot break", "[render]") {
  FindingReport report = mixed_report();
  report.findings[0].message = "a | b <script> `x` [y](z)\nnext";
  const std::string text = findings_markdown(report);
  CHECK(text.find("a \\| b \\<script> \\`x\\` \\[y](z)") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 7);
}
