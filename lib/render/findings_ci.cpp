// Findings for GitHub, GitLab and everything that reads JUnit.
#include <algorithm>
#include <ostream>

#include "base/text.hpp"
#include "render/findings.hpp"

namespace nines::render {

namespace {

/// GitHub shows ten annotations per step and severity.
constexpr std::size_t kMostPerSeverity = 10;

std::string escape_data(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '%')
      escaped += "%25";
    else if (c == '\r')
      escaped += "%0D";
    else if (c == '\n')
      escaped += "%0A";
    else
      escaped += c;
  }
  return escaped;
}

std::string escape_property(std::string_view text) {
  std::string escaped;
  for (const char c : escape_data(text)) {
    if (c == ':')
      escaped += "%3A";
    else if (c == ',')
      escaped += "%2C";
    else
      escaped += c;
  }
  return escaped;
}

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

std::string escape_cell(std::string_view text) {
  std::string escaped;
  for (const char c : escape_controls(text)) {
    if (c == '|' || c == '<' || c == '`' || c == '*' || c == '_' || c == '[' || c == '\\')
      escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string_view github_command(Severity severity) {
  return severity == Severity::info ? "notice" : to_string(severity);
}

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "major";
    case Severity::warning:
      return "minor";
    case Severity::info:
      return "info";
  }
  return "info";
}

/// Highest severity first, else in the given order.
std::vector<const Finding*> worst_first(const Findings& findings) {
  std::vector<const Finding*> order;
  for (const Finding& finding : findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  return order;
}

void write_annotation(std::ostream& out, const Finding& finding) {
  out << "::" << github_command(finding.severity) << " file=" << escape_property(finding.file);
  if (finding.span.line > 0) {
    out << ",line=" << finding.span.line << ",endLine=" << finding.span.end_line
        << ",col=" << finding.span.column;
    if (finding.span.end_line == finding.span.line) out << ",endColumn=" << finding.span.end_column;
  }
  out << ",title=" << escape_property(finding.code)
      << "::" << escape_data(finding.message + (finding.hint.empty() ? "" : "\n" + finding.hint))
      << '\n';
}

}  // namespace

void write_github(std::ostream& out, const FindingReport& report) {
  std::size_t shown[3] = {0, 0, 0};
  std::size_t left = 0;
  for (const Finding* finding : worst_first(report.findings)) {
    // One notice is kept for the line below.
    const std::size_t most =
        finding->severity == Severity::info ? kMostPerSeverity - 1 : kMostPerSeverity;
    auto& count = shown[static_cast<int>(finding->severity)];
    if (count == most) {
      ++left;
      continue;
    }
    ++count;
    write_annotation(out, *finding);
  }
  if (left > 0)
    out << "::notice title=nines::" << left
        << " more findings: see the step summary, or run nines slo check\n";
}

void write_gitlab(std::ostream& out, const FindingReport& report) {
  const auto ordinal = ordinals(report.findings);
  Json list = Json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    list.push(Json::object(
        {{"description", finding.message + (finding.hint.empty() ? "" : ": " + finding.hint)},
         {"check_name", finding.code},
         {"fingerprint", fingerprint(finding, ordinal[i])},
         {"severity", gitlab_severity(finding.severity)},
         {"location",
          Json::object({{"path", finding.file},
                        {"lines", Json::object({{"begin", std::max(1, finding.span.line)}})}})}}));
  }
  out << list.pretty() << '\n';
}

void write_junit(std::ostream& out, const FindingReport& report) {
  const auto counts = count(report.findings);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"nines slo "
         "check\" tests=\""
      << report.files.size() << "\" failures=\"" << counts.errors << "\">\n";
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

std::string findings_markdown(const FindingReport& report) {
  std::string text = "### nines slo check: " + summary(report) + "\n\n";
  if (report.findings.empty()) return text;
  text += "| place | finding | what to do |\n|---|---|---|\n";
  constexpr std::size_t kMostRows = 1000;
  std::size_t rows = 0;
  for (const Finding* finding : worst_first(report.findings)) {
    if (++rows > kMostRows) {
      text += "\n" + std::to_string(report.findings.size() - kMostRows) + " more are not shown.\n";
      break;
    }
    text += "| " +
            escape_cell(to_string(Place{finding->file, finding->span.line, finding->span.column})) +
            " | " + std::string(to_string(finding->severity)) + " " + escape_cell(finding->code) +
            ": " + escape_cell(finding->message) + " | " + escape_cell(finding->hint) + " |\n";
  }
  return text;
}

}  // namespace nines::render
