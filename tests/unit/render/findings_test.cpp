// Findings in every format: carets by display width, escapes, limits.
#include "render/findings.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "base/json.hpp"

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

std::string written(const FindingReport& report, FindingFormat format) {
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
  CHECK(written(report, FindingFormat::github) ==
        "::error file=a%2Cb%3A 50%25.yaml,line=3,endLine=3,col=1,endColumn=2,title=BAD_NAME::'x' "
        "is%0Ano name%0Ause y\n");
  report.findings.assign(25, report.findings[0]);
  const std::string many = written(report, FindingFormat::github);
  CHECK(std::count(many.begin(), many.end(), '\n') == 11);
  CHECK(many.find("15 more findings") != std::string::npos);
}

TEST_CASE("JSON formats are JSON, with fingerprints that differ", "[render]") {
  FindingReport report;
  report.files = {"a,b: 50%.yaml"};
  report.findings = {finding_in("x", 1, 2), finding_in("x", 1, 2)};
  report.findings[0].fix = {{10, 12, "y"}};
  report.findings[1].span.line = 9;
  const Json gitlab = Json::parse(written(report, FindingFormat::gitlab));
  REQUIRE(gitlab.as_array().size() == 2);
  CHECK(gitlab.as_array()[0].text("fingerprint") != gitlab.as_array()[1].text("fingerprint"));
  const std::string first = gitlab.as_array()[0].text("fingerprint");
  report.findings[0].span.line = 77;
  CHECK(Json::parse(written(report, FindingFormat::gitlab)).as_array()[0].text("fingerprint") ==
        first);
  const Json sarif = Json::parse(written(report, FindingFormat::sarif));
  const Json& run = sarif.find("runs")->as_array()[0];
  CHECK(run.find("results")->as_array().size() == 2);
  CHECK(run.find("results")->as_array()[0].find("fixes") != nullptr);
  CHECK(findings_json(report).integer("errors") == 2);
}

TEST_CASE("JUnit has a case per file and no markup from the text", "[render]") {
  FindingReport report;
  report.files = {"a,b: 50%.yaml", "good.yaml"};
  report.findings = {finding_in("<x a=\"1\">&\x01", 1, 2)};
  const std::string xml = written(report, FindingFormat::junit);
  CHECK(xml.find("tests=\"2\" failures=\"1\"") != std::string::npos);
  CHECK(xml.find("&lt;x a=&quot;1&quot;&gt;&amp;\\x01") != std::string::npos);
  CHECK(xml.find('\x01') == std::string::npos);
}
