// When an analysis may close: eight rules, all of them, each with what it saw.
//
// The rules are those of published practice in a form a machine can check; a rule whose input is
// not known is unknown, which is neither met nor broken, and does not let the analysis close.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/analysis/belief.hpp"
#include "domain/rca/analysis/model.hpp"

namespace nines::rca {

/// What the record of the incident says about its times.
struct Coverage {
  std::optional<Instant> from;  ///< when the impact began
  std::optional<Instant> to;    ///< when it was over
  std::vector<Instant> told;    ///< times of timeline entries that are known, in any order
};

enum class RuleState : std::uint8_t { met, broken, unknown };
std::string_view to_string(RuleState state);

struct RuleResult {
  int number;             ///< 1 to 8
  std::string_view rule;  ///< "every leaf is settled"
  RuleState state = RuleState::met;
  std::string why;   ///< what was seen: names, times, figures
  std::string mend;  ///< the next command, where one helps; empty when met
};

/// All eight, in order.
std::vector<RuleResult> closing_rules(const CaseFile& file, const std::vector<Belief>& beliefs,
                                      const Coverage& coverage);
bool may_close(const std::vector<RuleResult>& rules);

/// Whether a text blames a person where a condition should stand: "human error", "forgot".
bool blames_person(std::string_view text);

}  // namespace nines::rca
