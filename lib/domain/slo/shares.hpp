// What an objective's budget is spent by: one measure, or the weighted measures of a composite.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/slo/budget.hpp"
#include "domain/slo/forecast.hpp"
#include "domain/slo/measure.hpp"

namespace nines::slo {

/// The whole burns at the sum of weight x burn of its shares.
struct Share {
  Measure measure;
  Ratio target;  ///< what the burn of the measure is against
  double weight = 1;
  std::optional<std::size_t> member = std::nullopt;  ///< index of its objective in a composite
};

/// What an objective is counted by; one without a series gets one that holds nothing.
using MeasureOf = std::function<Measure(const Objective&)>;

std::string member_name(const Objective& objective);
/// Of a composite: annotation `nines.dev/composite-target`, else the strictest of its members'.
Ratio composite_target(const Slo& slo);
/// All slices of a composite are equally long; else they cannot be laid on each other.
bool same_slices(const Slo& slo);

/// Whether there is anything to weigh: time slices of unequal length cannot be joined.
inline bool judgeable(const Slo& slo) {
  return slo.method != BudgetingMethod::timeslices || same_slices(slo);
}

/// The one share of an objective; of a composite of time slices the joint measure, of any other its
/// members, those left out that have no budget.
std::vector<Share> shares_of(const Slo& slo, const MeasureOf& measure_of);

std::vector<Burn> burn_rates(std::span<const Share> shares, std::int64_t to, Micros window_length);
Outlook look_ahead(std::span<const Share> shares, const Period& period, bool rolling,
                   std::int64_t counted_to);
/// Burn rate of each of `parts` stretches of [from, to); empty where nothing was counted.
std::vector<std::optional<double>> burn_trend(std::span<const Share> shares, std::int64_t from,
                                              std::int64_t to, int parts);

/// Units that the whole window allows each share, by the forecast where the window goes on.
std::vector<double> whole_budgets(std::span<const Share> shares, const Period& period, bool rolling,
                                  std::int64_t counted_to);
/// Share of the whole budget that is left at each edge: 1 at the first.
std::vector<std::optional<double>> burn_down(std::span<const Share> shares,
                                             std::span<const double> budgets,
                                             std::span<const std::int64_t> edges);

}  // namespace nines::slo
