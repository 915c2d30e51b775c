// Whether another hour of analysis is worth it: expected information against expected recurrence.
//
// saving = P(the cause is not known) * share of the open question one look answers * recurrences in
// a year * cost of one. Recurrences are a Poisson mean with its exact 95 % interval (Garwood) from
// the like incidents of the time on record. What is not known stays unknown: then no verdict.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/stats.hpp"
#include "domain/rca/analysis/belief.hpp"

namespace nines::rca {

struct HourInputs {
  double known = 0;                     ///< posterior of the leading cause that is not refuted
  double open_bits = 0;                 ///< entropy of the hypotheses that are open
  double look_bits = 0;                 ///< what the best next look is expected to tell
  std::uint64_t like = 0;               ///< incidents like this one, itself included
  double years = 0;                     ///< the time they were counted over
  std::optional<stats::Interval> incident_cost;  ///< of one recurrence
  std::optional<double> hour_cost;      ///< of one hour of those who look
};

enum class Worth : std::uint8_t { yes, no, undecided };
std::string_view to_string(Worth worth);

struct HourVerdict {
  Worth worth = Worth::undecided;
  double share = 0;       ///< of the open question that an hour answers
  stats::Interval yearly{0, 0};  ///< recurrences a year
  std::optional<stats::Interval> saving;
  std::vector<std::string> missing;  ///< inputs without which there is no verdict
};

HourInputs hour_inputs(const CaseFile& file, const std::vector<Belief>& beliefs);
HourVerdict judge_hour(const HourInputs& inputs);

}  // namespace nines::rca
