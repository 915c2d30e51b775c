// Words that judge people in a postmortem, each found with a question that asks for the conditions.
//
// A rule looks for a judgement about a person, never for a word alone: its actor (a person, a role,
// a team) must be the subject. Ungated patterns hit machines, which fail, forget and ignore all day
// long. No rule proposes other words: the passive voice hides who knew what, a question brings it
// out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/stats.hpp"
#include "domain/postmortem/prose.hpp"
#include "domain/slo/codes.hpp"

namespace nines::postmortem {

struct WordingRule {
  slo::Code code;
  Severity level = Severity::warning;  ///< info: a suggestion, shown only when asked for
  std::string_view question;           ///< what to ask instead
  /// Hits that were right, of all hits, on the labelled sentences of the tests; a test counts them
  /// again.
  int right = 0;
  int hits = 0;
};

/// All of them, by code.
std::span<const WordingRule> wording_rules();
/// Null for a code that is no wording rule.
const WordingRule* find_wording_rule(slo::Code code);
/// Wilson's interval of the share that is right, at 95 %; a rule without hits knows nothing: 0
/// to 1.
stats::Interval precision_of(const WordingRule& rule);

struct WordingOptions {
  std::vector<std::string> people = {};  ///< names and handles that the record knows
  bool suggestions = false;
};

struct WordingReport {
  Findings findings;            ///< by place; `file` is left to the caller
  std::size_t words = 0;        ///< of prose
  std::size_t suppressed = 0;   ///< muted with a reason
  std::size_t suggestions = 0;  ///< found, and not shown
};

WordingReport check_wording(std::string_view text, const WordingOptions& options);

}  // namespace nines::postmortem
