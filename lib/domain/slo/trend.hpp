// How a window went: the burn of each part of it, and the budget that was left after each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/slo/tally.hpp"

namespace nines::slo {

/// Minutes that divide [from, to) into `parts` stretches of about equal length; fewer when it is
/// shorter than that many slices.
std::vector<std::int64_t> even_edges(std::int64_t from, std::int64_t to, int parts,
                                     std::int64_t grain);

/// Burn rate of each of `parts` stretches of [from, to); empty where nothing was counted.
std::vector<std::optional<double>> burn_trend(const Measure& measure, const Ratio& target,
                                              std::int64_t from, std::int64_t to, int parts);

/// Share of `budget` (units) that is left at each edge: 1 at the first.
std::vector<std::optional<double>> burn_down(const Measure& measure, double budget,
                                             std::span<const std::int64_t> edges);

}  // namespace nines::slo
