// One finding in the form that editors and people know from compilers.
#include "nines/slo/say_findings.hpp"

#include <ostream>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::app::slo {
namespace {

/// The part of `line` before a 1-based code point column.
std::string_view before_column(std::string_view line, int column) {
  std::size_t at = 0;
  for (int left = column - 1; left > 0 && at < line.size(); --left)
    for (++at; at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;) ++at;
  return line.substr(0, at);
}

std::string excerpt(const Finding& finding) {
  if (finding.source_line.empty() || finding.span.line == 0) return {};
  const auto number = std::to_string(finding.span.line);
  const auto indent = display_width(before_column(finding.source_line, finding.span.column));
  return fmt::format("{0:>{1}} | {2}\n{3:>{1}} | {4}^\n", number, number.size() + 1, finding.source_line, "",
                     std::string(static_cast<std::size_t>(indent), ' '));
}

}  // namespace

void say_findings(Context& context, const Findings& findings) {
  for (const auto& finding : findings) {
    const auto place = to_string(Place{finding.file, finding.span.line, finding.span.column});
    std::string text = fmt::format("{}: {}[{}] {}\n", place, to_string(finding.severity), finding.code, finding.message);
    text += excerpt(finding);
    if (!finding.hint.empty()) text += "help: " + finding.hint + "\n";
    context.err << escape_controls(text);
  }
}

}  // namespace nines::app::slo
