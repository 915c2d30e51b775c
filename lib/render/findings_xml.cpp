// Findings for everything that reads JUnit or Checkstyle.
#include <algorithm>
#include <ostream>
#include <set>

#include "base/text.hpp"
#include "render/findings.hpp"

namespace nines::render {

namespace {

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : escape_controls(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

void write_junit(std::ostream& out, const FindingReport& report) {
  std::set<std::string_view> failed;
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::error) failed.insert(finding.file);
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"nines slo "
         "check\" tests=\""
      << report.files.size() << "\" failures=\"" << failed.size() << "\">\n";
  auto at = report.findings.begin();
  for (const std::string& file : report.files) {
    out << "<testcase name=\"" << escape_xml(file) << "\" classname=\"slo.check\" file=\""
        << escape_xml(file) << "\">\n";
    std::string notes;
    for (; at != report.findings.end() && at->file == file; ++at) {
      const std::string text = finding_text(*at, Style{});
      if (at->severity == Severity::error) {
        out << "<failure type=\"" << at->code << "\" message=\"" << escape_xml(at->message) << "\">"
            << escape_xml(text) << "</failure>\n";
      } else {
        notes += text;
      }
    }
    if (!notes.empty()) out << "<system-out>" << escape_xml(notes) << "</system-out>\n";
    out << "</testcase>\n";
  }
  out << "</testsuite>\n</testsuites>\n";
}

void write_checkstyle(std::ostream& out, const FindingReport& report) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  auto at = report.findings.begin();
  for (const std::string& file : report.files) {
    out << "<file name=\"" << escape_xml(file) << "\">\n";
    for (; at != report.findings.end() && at->file == file; ++at) {
      out << "<error line=\"" << std::max(1, at->span.line) << "\" column=\""
          << std::max(1, at->span.column) << "\" severity=\"" << to_string(at->severity)
          << "\" message=\"" << escape_xml(at->message + (at->hint.empty() ? "" : ": " + at->hint))
          << "\" source=\"nines." << at->code << "\"/>\n";
    }
    out << "</file>\n";
  }
  out << "</checkstyle>\n";
}

}  // namespace nines::render
