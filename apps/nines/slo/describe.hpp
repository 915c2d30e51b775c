// The few words that say what an SLO promises, for lists and pages.
#pragma once

#include <string>

#include "base/json.hpp"
#include "usecases/slo/browse.hpp"

namespace nines::app::slo {

std::string window_text(const nines::slo::TimeWindow& window);  ///< "30d rolling", "1M calendar"
std::string method_text(nines::slo::BudgetingMethod method);    ///< "Occurrences"
std::string objective_text(const nines::slo::Objective& objective);  ///< "99.9% of values < 0.3"
std::string targets_text(const nines::slo::Slo& slo);                ///< "99.9%, 99%"
Json objective_json(const nines::slo::Objective& objective);

}  // namespace nines::app::slo
