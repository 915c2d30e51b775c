// Comments that let a finding pass, with a reason: "# nines: allow CODE because ...".
#include "yaml/suppression.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kMark = "# nines: allow ";
constexpr std::string_view kForm =
    "write '# nines: allow CODE until 2026-12-31 because REASON'; the date may be left out";

void refuse_suppression(Findings& findings, const Finding& where, std::string message) {
  Finding finding = where;
  finding.code = slo::name_of(Code::suppression_no_reason);
  finding.severity = Severity::error;
  finding.message = std::move(message);
  finding.hint = kForm;
  finding.rejected_by = {"nines"};
  findings.push_back(std::move(finding));
}

/// "CODE[, CODE] [until DAY] because REASON"; what is wrong with it, or empty.
std::string read_terms(std::string_view text, Suppression& suppression) {
  constexpr std::string_view kBecause = " because ";
  const std::size_t because = text.find(kBecause);
  if (because == std::string_view::npos) return "the comment gives no reason";
  suppression.reason = trim(text.substr(because + kBecause.size()));
  if (suppression.reason.empty()) return "the comment gives no reason";
  std::string_view head = text.substr(0, because);
  if (const std::size_t until = head.find(" until "); until != std::string_view::npos) {
    suppression.until = day_from(trim(head.substr(until + 7)));
    if (!suppression.until)
      return "'" + std::string(trim(head.substr(until + 7)).substr(0, 40)) + "' is no date";
    head = head.substr(0, until);
  }
  for (const auto part : split(head, ',')) {
    const auto* page = slo::find_code_page(trim(part));
    if (page == nullptr)
      return "'" + std::string(trim(part).substr(0, 40)) + "' is no code of a finding";
    suppression.codes.emplace_back(page->name);
  }
  return {};
}

}  // namespace

std::vector<Suppression> find_suppressions(const Source& source, Findings& findings) {
  std::vector<Suppression> found;
  const std::string_view bytes = source.bytes();
  for (std::size_t at = bytes.find(kMark); at != std::string_view::npos;
       at = bytes.find(kMark, at + 1)) {
    // Inside a quoted text or a word it is no comment.
    if (at > 0 && bytes[at - 1] != ' ' && bytes[at - 1] != '\n' && bytes[at - 1] != '\t') continue;
    const std::size_t end = std::min(bytes.find_first_of("\r\n", at), bytes.size());
    Suppression suppression;
    suppression.where = finding_at(source, at, end);
    const std::string problem =
        read_terms(bytes.substr(at + kMark.size(), end - at - kMark.size()), suppression);
    if (problem.empty()) {
      found.push_back(std::move(suppression));
    } else {
      refuse_suppression(findings, suppression.where, problem);
    }
  }
  return found;
}

}  // namespace nines::yaml
