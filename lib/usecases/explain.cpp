// The long form of every code that findings carry.
#include "usecases/explain.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/postmortem/wording.hpp"

namespace nines::usecases {

std::span<const slo::CodePage> explanations() { return slo::code_pages(); }

const slo::CodePage& explain(std::string_view code) {
  if (const auto* page = slo::find_code_page(code)) return *page;
  std::vector<std::string_view> names;
  for (const auto& page : slo::code_pages()) names.push_back(page.name);
  std::string upper(code);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c == '-' ? '_' : c;
  });
  const std::string hint = did_you_mean_hint(upper, names);
  throw Error(ExitCode::not_found, "no code '" + std::string(code) + "'",
              hint.empty() ? "'nines explain' lists all codes" : hint);
}

std::optional<WordingPrecision> wording_precision(slo::Code code) {
  const auto* rule = postmortem::find_wording_rule(code);
  if (rule == nullptr) return std::nullopt;
  return WordingPrecision{rule->right, rule->hits, postmortem::precision_of(*rule), rule->question};
}

}  // namespace nines::usecases
