// Findings for people and editors, and what all their formats share.
#include "render/findings.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <unordered_map>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace nines::render {

namespace {

constexpr std::string_view kFindingFormats[] = {
    "text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"};

/// Longest excerpt of a source line, in columns.
constexpr int kExcerpt = 120;

struct Paint {
  bool on;
  std::string operator()(std::string_view code, std::string_view text) const {
    if (!on) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
};

std::string_view severity_color(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "1;31";
    case Severity::warning:
      return "1;33";
    case Severity::info:
      return "1;36";
  }
  return "0";
}

/// Bytes of the first `count` code points.
std::size_t bytes_of(std::string_view text, int count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && count-- == 0) break;
  }
  return at;
}

/// Tabs become one blank each, so that the caret can stand below.
std::string shown_line(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\t', ' ');
  return escape_controls(line);
}

/// The source line and the caret below it; nothing when there is no line to show.
std::string excerpt(const Finding& finding, const Paint& paint) {
  if (finding.span.line == 0 || finding.source_line.empty()) return {};
  const std::string_view line = finding.source_line;
  const std::size_t begin = bytes_of(line, finding.span.column - 1);
  const bool one_line = finding.span.end_line == finding.span.line;
  const std::size_t end =
      one_line ? std::max(begin, bytes_of(line, finding.span.end_column - 1)) : line.size();
  // A long line is shown from a little before the place on.
  std::size_t from = 0;
  if (display_width(shown_line(line.substr(0, end))) > kExcerpt && begin > 40) {
    from = begin - 40;
    while (from < begin && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) ++from;
  }
  const std::string head = (from > 0 ? "…" : "") + shown_line(line.substr(from, begin - from));
  const std::string marked = shown_line(line.substr(begin, end - begin));
  const std::string text = fit_width(head + marked + shown_line(line.substr(end)), kExcerpt);
  const int room = std::max(1, kExcerpt - display_width(head));
  const int length = std::clamp(display_width(marked), 1, room);
  const std::string number = std::to_string(finding.span.line);
  const std::string gutter(number.size(), ' ');
  return "  " + paint("2", number + " |") + " " + text + "\n  " + paint("2", gutter + " |") + " " +
         std::string(static_cast<std::size_t>(display_width(head)), ' ') +
         paint(severity_color(finding.severity),
               "^" + std::string(static_cast<std::size_t>(length - 1), '~'));
}

std::string first_line(const Finding& finding, const Paint& paint) {
  const std::string place =
      to_string(Place{escape_controls(finding.file), finding.span.line, finding.span.column});
  return place + ": " +
         paint(severity_color(finding.severity),
               std::string(to_string(finding.severity)) + "[" + finding.code + "]") +
         " " + escape_controls(finding.message);
}

std::string plural(std::size_t count, const char* word) { return count_of(count, word); }

}  // namespace

std::optional<FindingFormat> finding_format_from(std::string_view name) {
  const auto found = std::find(std::begin(kFindingFormats), std::end(kFindingFormats), name);
  if (found == std::end(kFindingFormats)) return std::nullopt;
  return static_cast<FindingFormat>(found - std::begin(kFindingFormats));
}

std::span<const std::string_view> finding_format_names() { return kFindingFormats; }

FindingCounts count(const Findings& findings) {
  FindingCounts counts;
  for (const Finding& finding : findings) {
    ++(finding.severity == Severity::error     ? counts.errors
       : finding.severity == Severity::warning ? counts.warnings
                                               : counts.infos);
  }
  return counts;
}

std::string summary(const FindingReport& report) {
  const auto counts = count(report.findings);
  std::string text = plural(counts.errors, "error") + " and " + plural(counts.warnings, "warning") +
                     " in " + plural(report.files.size(), "file");
  if (report.suppressed > 0)
    text += " (" + plural(report.suppressed, "finding") + " allowed by comments)";
  return text;
}

std::string finding_text(const Finding& finding, const Style& style) {
  const Paint paint{style.color};
  std::string text = first_line(finding, paint) + "\n";
  const std::string hint = escape_controls(finding.hint);
  const std::string quote = excerpt(finding, paint);
  if (!quote.empty()) {
    text += quote + (hint.empty() ? "" : " " + hint) + "\n";
  } else if (!hint.empty()) {
    text += "  hint: " + hint + "\n";
  }
  std::string tail;
  if (!finding.rejected_by.empty()) tail = "rejected by: " + join(finding.rejected_by, ", ");
  if (!finding.fix.empty()) tail += std::string(tail.empty() ? "" : "   ") + "fix: --fix does this";
  if (!tail.empty()) text += "  " + paint("2", tail) + "\n";
  return text;
}

std::string fingerprint(const Finding& finding, std::size_t ordinal) {
  const std::string text = finding.file + '\n' + finding.code + '\n' + finding.object + '\n' +
                           finding.path + '\n' + finding.message + '\n' + std::to_string(ordinal);
  return to_hex(sha256(text)).substr(0, 32);
}

std::vector<std::size_t> ordinals(const Findings& findings) {
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<std::size_t> result;
  result.reserve(findings.size());
  for (const Finding& finding : findings) result.push_back(seen[fingerprint(finding, 0)]++);
  return result;
}

void write_findings(std::ostream& out, const FindingReport& report, FindingFormat format,
                    const Style& style) {
  switch (format) {
    case FindingFormat::text:
      for (const Finding& finding : report.findings) out << finding_text(finding, style);
      return;
    case FindingFormat::concise:
      for (const Finding& finding : report.findings)
        out << first_line(finding, Paint{style.color}) << '\n';
      return;
    case FindingFormat::json:
      out << findings_json(report).pretty() << '\n';
      return;
    case FindingFormat::sarif:
      return write_sarif(out, report);
    case FindingFormat::github:
      return write_github(out, report);
    case FindingFormat::gitlab:
      return write_gitlab(out, report);
    case FindingFormat::junit:
      return write_junit(out, report);
    case FindingFormat::checkstyle:
      return write_checkstyle(out, report);
    case FindingFormat::rdjson:
      return write_rdjson(out, report);
  }
}

}  // namespace nines::render
