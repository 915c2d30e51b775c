// Findings for GitHub, GitLab and reviewdog.
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

/// Byte after the first `column - 1` code points, 1-based; the column itself where the line ends.
int byte_column(std::string_view line, int column) {
  int bytes = 0;
  int points = 0;
  for (const char c : line) {
    points += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    if (points == column) break;
    ++bytes;
  }
  return line.empty() ? column : bytes + 1;
}

/// Reviewdog counts columns in bytes; ours are code points.
Json review_place(const Finding& finding, int line, int column) {
  const std::string_view text =
      line == finding.span.line ? std::string_view(finding.source_line) : std::string_view();
  return Json::object({{"line", line}, {"column", byte_column(text, column)}});
}

Json review_range(const Finding& finding) {
  return Json::object(
      {{"start", review_place(finding, finding.span.line, finding.span.column)},
       {"end", review_place(finding, finding.span.end_line, finding.span.end_column)}});
}

std::string_view review_severity(Severity severity) {
  return severity == Severity::error ? "ERROR" : severity == Severity::warning ? "WARNING" : "INFO";
}

Json review_json(const Finding& finding) {
  Json location = Json::object({{"path", finding.file}});
  if (finding.span.line > 0) location.set("range", review_range(finding));
  Json diagnostic = Json::object(
      {{"message", finding.message + (finding.hint.empty() ? "" : ": " + finding.hint)},
       {"location", std::move(location)},
       {"severity", review_severity(finding.severity)},
       {"code", Json::object({{"value", finding.code}})}});
  // Only a mend of exactly what is marked has a range by lines.
  if (finding.fix.size() == 1 && finding.fix[0].begin == finding.span.byte_begin &&
      finding.fix[0].end == finding.span.byte_end) {
    Json suggestion =
        Json::object({{"range", review_range(finding)}, {"text", finding.fix[0].text}});
    diagnostic.set("suggestions", Json(Json::Array{std::move(suggestion)}));
  }
  return diagnostic;
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
    out << "::notice title=nines::" << left << " more findings: see the step summary, or run "
        << report.command << '\n';
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

void write_rdjson(std::ostream& out, const FindingReport& report) {
  Json list = Json::array();
  for (const Finding& finding : report.findings) list.push(review_json(finding));
  const Json document = Json::object(
      {{"source", Json::object({{"name", "nines"}})}, {"diagnostics", std::move(list)}});
  out << document.pretty() << '\n';
}

std::string findings_markdown(const FindingReport& report) {
  std::string text = "### " + report.command + ": " + summary(report) + "\n\n";
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
