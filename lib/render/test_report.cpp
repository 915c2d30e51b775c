// Results of tests as a test runner prints them: for people, and as JUnit reads them.
#include "render/test_report.hpp"

#include <algorithm>
#include <ostream>

#include "base/text.hpp"
#include "base/xml_text.hpp"
#include "render/findings.hpp"

namespace nines::render {

namespace {

std::size_t failed_count(const TestReport& report) {
  return static_cast<std::size_t>(
      std::count_if(report.cases.begin(), report.cases.end(),
                    [](const TestCase& one) { return !one.failures.empty(); }));
}

std::string painted(std::string_view text, std::string_view color, const Style& style) {
  if (!style.color) return std::string(text);
  return "\x1b[" + std::string(color) + "m" + std::string(text) + "\x1b[0m";
}

/// Line by line: the escape makes spaces of line ends.
std::string escaped_lines(std::string_view text) {
  std::string escaped;
  for (const auto line : split(text, '\n'))
    escaped += (escaped.empty() ? "" : "\n") + xml_escaped(line);
  return escaped;
}

void write_failure(std::ostream& out, const Finding& finding) {
  out << "<failure type=\"" << finding.code << "\" message=\""
      << xml_escaped(finding.message + ": " + finding.hint) << "\">"
      << escaped_lines(finding_text(finding, Style{})) << "</failure>\n";
}

}  // namespace

std::string summary(const TestReport& report) {
  const std::size_t failed = failed_count(report);
  std::string text = failed == 0 ? count_of(report.cases.size(), "test") + " passed"
                                 : std::to_string(failed) + " of " +
                                       count_of(report.cases.size(), "test") + " failed";
  if (!report.problems.empty())
    text += "; " + count_of(report.problems.size(), "error") + " in the documents";
  return text;
}

void write_tests(std::ostream& out, const TestReport& report, const Style& style) {
  for (const Finding& problem : report.problems) out << finding_text(problem, style);
  for (const TestCase& one : report.cases) {
    const bool passed = one.failures.empty();
    out << painted(passed ? "ok  " : "FAIL", passed ? "32" : "1;31", style) << "  "
        << escape_controls(one.suite) << ": " << escape_controls(one.name) << "\n";
    for (const std::string& note : one.notes) out << "      " << escape_controls(note) << "\n";
    for (const Finding& failure : one.failures) out << finding_text(failure, style);
  }
}

void write_tests_junit(std::ostream& out, const TestReport& report) {
  const bool broken = !report.problems.empty();
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      << "<testsuite name=\"nines slo test\" tests=\"" << report.cases.size() + (broken ? 1 : 0)
      << "\" failures=\"" << failed_count(report) + (broken ? 1 : 0) << "\">\n";
  if (broken) {
    out << "<testcase name=\"documents\" classname=\"slo.test\">\n";
    for (const Finding& problem : report.problems) write_failure(out, problem);
    out << "</testcase>\n";
  }
  for (const TestCase& one : report.cases) {
    out << "<testcase name=\"" << xml_escaped(one.name) << "\" classname=\"slo.test."
        << xml_escaped(one.suite) << "\" file=\"" << xml_escaped(one.file) << "\" line=\""
        << one.line << "\">\n";
    for (const Finding& failure : one.failures) write_failure(out, failure);
    std::string notes;
    for (const std::string& note : one.notes) notes += note + "\n";
    if (!notes.empty()) out << "<system-out>" << escaped_lines(notes) << "</system-out>\n";
    out << "</testcase>\n";
  }
  out << "</testsuite>\n</testsuites>\n";
}

}  // namespace nines::render
