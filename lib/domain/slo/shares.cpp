// Weighs burns, forecasts and budgets of several measures into those of the whole.
#include "domain/slo/shares.hpp"

#include <algorithm>

#include "domain/slo/trend.hpp"

namespace nines::slo {

std::string member_name(const Objective& objective) {
  if (!objective.display_name.empty()) return objective.display_name;
  if (objective.indicator && !objective.indicator->name.empty()) return objective.indicator->name;
  return objective.indicator_ref.empty() ? objective.id : objective.indicator_ref;
}

Ratio composite_target(const Slo& slo) {
  if (const auto given = Decimal::parse(slo.extra("composite-target")))
    if (const auto target = Ratio::of(*given)) return *target;
  Ratio strictest = slo.objectives.front().target;
  for (const auto& objective : slo.objectives) strictest = std::max(strictest, objective.target);
  return strictest;
}

bool same_slices(const Slo& slo) {
  const auto length = [](const Objective& o) {
    return o.slice_window ? o.slice_window->rolling() : std::chrono::minutes{1};
  };
  return std::all_of(slo.objectives.begin(), slo.objectives.end(), [&](const Objective& o) {
    return length(o) == length(slo.objectives.front());
  });
}

std::vector<Share> shares_of(const Slo& slo, const MeasureOf& measure_of) {
  std::vector<Share> shares;
  if (!slo.composite() || slo.method == BudgetingMethod::timeslices) {
    shares.push_back({measure_of(slo.objectives.front()), slo.objectives.front().target});
    if (!slo.composite()) return shares;
    shares.front().target = composite_target(slo);
    std::vector<Measure> joined;
    for (const auto& objective : slo.objectives) joined.push_back(measure_of(objective));
    shares.front().measure.joined = std::move(joined);
    return shares;
  }
  for (std::size_t i = 0; i < slo.objectives.size(); ++i) {
    const auto& objective = slo.objectives[i];
    const bool events = slo.method == BudgetingMethod::occurrences;
    const auto target = events ? objective.target : composite_target(slo);
    if (target.complement().num() == 0) continue;
    shares.push_back({measure_of(objective), target, objective.weight.to_double(), i});
  }
  return shares;
}

std::vector<Burn> burn_rates(std::span<const Share> shares, std::int64_t to, Micros window_length) {
  std::vector<Burn> whole;
  for (const auto& share : shares) {
    const auto own = burn_rates(share.measure, share.target, to, window_length);
    if (whole.empty()) {
      whole = own;
      for (auto& burn : whole) burn.rate = burn.spends = std::nullopt, burn.total = 0, burn.bad = 0;
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      whole[i].total += own[i].total;
      whole[i].bad += own[i].bad;
      if (own[i].rate) whole[i].rate = whole[i].rate.value_or(0) + share.weight * *own[i].rate;
      if (own[i].spends)
        whole[i].spends = whole[i].spends.value_or(0) + share.weight * *own[i].spends;
    }
  }
  return whole;
}

Outlook look_ahead(std::span<const Share> shares, const Period& period, bool rolling,
                   std::int64_t counted_to) {
  std::vector<WeightedOutlook> parts;
  for (const auto& share : shares) {
    const auto counted = tally(share.measure, epoch_minute(period.from), counted_to);
    parts.push_back({share.weight, look_ahead(share.measure, share.target, period, rolling,
                                              counted_to, counted)});
    if (const auto left = budget_of(counted, share.target, period.length()).share)
      parts.back().consumed = 1 - *left;
  }
  return weighted(parts, period, rolling, counted_to);
}

std::vector<std::optional<double>> burn_trend(std::span<const Share> shares, std::int64_t from,
                                              std::int64_t to, int parts) {
  std::vector<std::optional<double>> whole;
  for (const auto& share : shares) {
    const auto own = burn_trend(share.measure, share.target, from, to, parts);
    whole.resize(std::max(whole.size(), own.size()));
    for (std::size_t i = 0; i < own.size(); ++i)
      if (own[i]) whole[i] = whole[i].value_or(0) + share.weight * *own[i];
  }
  return whole;
}

std::vector<double> whole_budgets(std::span<const Share> shares, const Period& period, bool rolling,
                                  std::int64_t counted_to) {
  std::vector<double> budgets;
  for (const auto& share : shares) {
    const auto counted = tally(share.measure, epoch_minute(period.from), counted_to);
    double total = static_cast<double>(counted.total);
    if (!rolling) {
      const auto outlook =
          look_ahead(share.measure, share.target, period, rolling, counted_to, counted);
      if (outlook.forecast) total = outlook.forecast->total;
    }
    budgets.push_back(share.target.complement().to_double() * total);
  }
  return budgets;
}

std::vector<std::optional<double>> burn_down(std::span<const Share> shares,
                                             std::span<const double> budgets,
                                             std::span<const std::int64_t> edges) {
  std::vector<std::optional<double>> whole(edges.size());
  for (std::size_t s = 0; s < shares.size(); ++s) {
    const auto left = burn_down(shares[s].measure, budgets[s], edges);
    for (std::size_t i = 0; i < left.size(); ++i)
      if (left[i]) whole[i] = whole[i].value_or(1) - shares[s].weight * (1 - *left[i]);
  }
  return whole;
}

}  // namespace nines::slo
