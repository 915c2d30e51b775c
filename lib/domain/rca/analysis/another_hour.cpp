// Information of the best look, times what a recurrence costs, against the cost of the look.
#include "domain/rca/analysis/another_hour.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::rca {
namespace {

constexpr EnumNames<Worth, 3> kWorths{{"yes", "no", "undecided"}};

}  // namespace

std::string_view to_string(Worth worth) { return kWorths.of(worth); }

HourInputs hour_inputs(const CaseFile& file, const std::vector<Belief>& beliefs) {
  HourInputs inputs;
  for (std::size_t i = 0; i < file.hypotheses.size(); ++i) {
    const auto state = file.hypotheses[i].state;
    if (state == HypothesisState::refuted) continue;
    inputs.known = std::max(inputs.known, beliefs[i].posterior);
    if (state == HypothesisState::open) inputs.open_bits += entropy_bits(beliefs[i].posterior);
  }
  const auto looks = next_looks(file, beliefs);
  if (!looks.empty()) inputs.look_bits = looks.front().bits;
  return inputs;
}

HourVerdict judge_hour(const HourInputs& inputs) {
  HourVerdict verdict;
  if (inputs.open_bits > 0) verdict.share = std::min(1.0, inputs.look_bits / inputs.open_bits);
  if (inputs.years > 0) {
    const auto mean = stats::poisson_mean(inputs.like);
    verdict.yearly = {mean.low / inputs.years, mean.high / inputs.years};
  } else {
    verdict.missing.emplace_back("a time on record to count like incidents over");
  }
  if (!inputs.incident_cost) verdict.missing.emplace_back("the cost of a recurrence");
  if (!inputs.hour_cost) verdict.missing.emplace_back("the cost of an hour");
  // Nothing left to learn is worth nothing, whatever it costs.
  if (verdict.share == 0) {
    verdict.worth = Worth::no;
    return verdict;
  }
  if (!verdict.missing.empty()) return verdict;
  const double factor = (1 - inputs.known) * verdict.share;
  verdict.saving = stats::Interval{factor * verdict.yearly.low * inputs.incident_cost->low,
                                   factor * verdict.yearly.high * inputs.incident_cost->high};
  if (verdict.saving->low > *inputs.hour_cost) verdict.worth = Worth::yes;
  if (verdict.saving->high < *inputs.hour_cost) verdict.worth = Worth::no;
  return verdict;
}

}  // namespace nines::rca
