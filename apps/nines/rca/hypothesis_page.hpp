// One hypothesis after something was said of it, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"
#include "usecases/rca/hypothesis.hpp"

namespace nines::app::rca {

/// `what` is the first line: what happened.
ExitCode show_hypothesis(Context& context, const usecases::HypothesisView& in, std::string what);

/// "x 0.30: quiet of watch 1 (...) for 12d, one expected every 10d"; empty when no quiet counts.
std::string quiet_line(const nines::rca::Hypothesis& one, const nines::rca::Belief& belief);
/// "8.48 (3.44 to 66.3, 90 %), it moved by ...": a proposed ratio, its bounds and its formula.
std::string estimate_text(const nines::rca::ProposedRatio& ratio);
/// Rivals that are each likelier than not: a line per group.
std::vector<std::string> rival_lines(const usecases::CaseView& view);

}  // namespace nines::app::rca
