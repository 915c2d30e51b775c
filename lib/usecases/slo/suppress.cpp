// Applies "# nines: allow" comments to findings.
#include "usecases/slo/suppress.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "domain/slo/codes.hpp"

namespace nines::usecases {

namespace {

Finding about(const yaml::Suppression& suppression, nines::slo::Code code, Severity severity,
              std::string message, std::string hint) {
  Finding finding = suppression.where;
  finding.code = nines::slo::name_of(code);
  finding.severity = severity;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.rejected_by = {"nines"};
  return finding;
}

bool covers(const yaml::Suppression& suppression, const Finding& finding) {
  const int below = finding.span.line - suppression.where.span.line;
  return finding.file == suppression.where.file && (below == 0 || below == 1) &&
         std::find(suppression.codes.begin(), suppression.codes.end(), finding.code) !=
             suppression.codes.end();
}

}  // namespace

std::size_t suppress(Findings& findings, const std::vector<yaml::Suppression>& suppressions,
                     Day today) {
  std::unordered_multimap<std::string_view, std::size_t> in_file;
  for (std::size_t i = 0; i < suppressions.size(); ++i)
    in_file.emplace(suppressions[i].where.file, i);
  std::vector<bool> used(suppressions.size());
  const auto allowed = [&](const Finding& finding) {
    bool let_pass = false;
    const auto [begin, end] = in_file.equal_range(finding.file);
    for (auto at = begin; at != end; ++at) {
      const auto& suppression = suppressions[at->second];
      if (!covers(suppression, finding)) continue;
      used[at->second] = true;
      let_pass = let_pass || !suppression.until || today <= *suppression.until;
    }
    return let_pass;
  };
  const std::size_t removed = suppressions.empty() ? 0 : std::erase_if(findings, allowed);
  for (std::size_t i = 0; i < suppressions.size(); ++i) {
    const auto& suppression = suppressions[i];
    if (suppression.until && *suppression.until < today) {
      findings.push_back(about(suppression, nines::slo::Code::suppression_expired,
                               Severity::warning, "this comment has expired",
                               "mend what it allowed, or agree on a new date"));
    } else if (!used[i]) {
      findings.push_back(about(suppression, nines::slo::Code::suppression_unused, Severity::info,
                               "this comment allows nothing that is found", "remove it"));
    }
  }
  return removed;
}

}  // namespace nines::usecases
