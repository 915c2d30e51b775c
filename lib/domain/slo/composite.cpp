// Adds members up to one verdict: shares of budgets, common slices, or mean ratios.
#include "domain/slo/composite.hpp"

#include <algorithm>
#include <cmath>

namespace nines::slo {
namespace {

std::string name_of(const Objective& objective) {
  if (!objective.display_name.empty()) return objective.display_name;
  if (objective.indicator && !objective.indicator->name.empty()) return objective.indicator->name;
  return objective.indicator_ref.empty() ? objective.id : objective.indicator_ref;
}

Decimal plus(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const auto at_scale = [scale](const Decimal& d) {
    auto units = d.units();
    for (int i = d.scale(); i < scale; ++i) units *= 10;
    return units;
  };
  return Decimal(at_scale(a) + at_scale(b), scale);
}

Ratio common_target(const Slo& slo, const std::vector<Assessment>& members) {
  if (const auto given = Decimal::parse(slo.extra("composite-target")))
    if (const auto target = Ratio::of(*given)) return *target;
  Ratio strictest = members.front().target;
  for (const auto& member : members) strictest = std::max(strictest, member.target);
  return strictest;
}

std::optional<double> consumed(const Assessment& member) {
  if (!member.budget.share) return std::nullopt;
  return 1 - *member.budget.share;
}

/// What the members have in common: window, oldest data, notes, and the members themselves.
Assessment frame(const Slo& slo, std::vector<Assessment>&& parts) {
  Assessment whole;
  const auto& first = parts.front();
  whole.slo = slo.name;
  whole.service = slo.service;
  whole.objective = "composite";
  whole.method = slo.method;
  whole.window_text = first.window_text;
  whole.rolling = first.rolling;
  whole.at = first.at;
  whole.window = first.window;
  whole.counted_to = first.counted_to;
  whole.freshness = first.freshness;
  whole.target = common_target(slo, parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& objective = slo.objectives[i];
    whole.weights = plus(whole.weights, objective.weight);
    const auto& fresh = parts[i].freshness;
    if (!fresh.data_to || (whole.freshness.data_to && *fresh.data_to < *whole.freshness.data_to))
      whole.freshness = fresh;
    if (parts[i].verdict == Verdict::no_data)
      whole.notes.push_back("member '" + name_of(objective) + "' has no data");
    whole.members.push_back(
        {name_of(objective), objective.weight, consumed(parts[i]), std::move(parts[i])});
  }
  if (whole.weights != Decimal(1, 0))
    whole.notes.push_back("the weights sum to " + whole.weights.to_string() + ", not 1");
  return whole;
}

bool any_data(const Assessment& whole) {
  return std::any_of(whole.members.begin(), whole.members.end(),
                     [](const Member& m) { return !m.assessment.counted.empty(); });
}

bool all_settled(const Assessment& whole) {
  return std::all_of(whole.members.begin(), whole.members.end(),
                     [](const Member& m) { return m.assessment.settled; });
}

/// Interval of a weighted sum of bad rates, recovered from each member's own Wilson interval
/// (MOVER, Zou and Donner 2008). `factor(member)` is what a member's bad rate is multiplied by.
template <typename Factor>
stats::Interval weighted_bad(const Assessment& whole, Factor&& factor) {
  double centre = 0, below = 0, above = 0;
  for (const auto& member : whole.members) {
    const auto& part = member.assessment;
    if (!part.sli) continue;
    const double weight = factor(member);
    const double bad = 1 - *part.sli;
    centre += weight * bad;
    below += std::pow(weight * (bad - (1 - part.inference.sli.high)), 2);
    above += std::pow(weight * ((1 - part.inference.sli.low) - bad), 2);
  }
  return {centre - std::sqrt(below), centre + std::sqrt(above)};
}

Evidence evidence_of(const stats::Interval& bad, double allowed) {
  if (bad.high <= allowed) return Evidence::supported;
  return bad.low > allowed ? Evidence::refuted : Evidence::undecided;
}

std::vector<Burn> weighted_burns(const Assessment& whole) {
  std::vector<Burn> burns;
  for (std::size_t i = 0; i < kBurnWindows.size(); ++i) {
    Burn sum{kBurnWindows[i], 0, 0, std::nullopt, std::nullopt};
    for (const auto& member : whole.members) {
      if (i >= member.assessment.burns.size()) continue;
      const auto& burn = member.assessment.burns[i];
      sum.total += burn.total;
      sum.bad += burn.bad;
      const double weight = member.weight.to_double();
      if (burn.rate) sum.rate = sum.rate.value_or(0) + weight * *burn.rate;
      if (burn.spends) sum.spends = sum.spends.value_or(0) + weight * *burn.spends;
    }
    burns.push_back(sum);
  }
  return burns;
}

void by_occurrences(Assessment& whole) {
  whole.sli_reason = "a composite of events adds up shares of budgets, not events";
  std::vector<WeightedShare> shares;
  double spent = 0;
  bool broken = false;
  for (const auto& member : whole.members) {
    const auto& part = member.assessment;
    if (part.counted.empty()) continue;
    const auto bad = part.counted.total - part.counted.good;
    if (part.budget.none) {
      broken = broken || bad > 0;
      whole.notes.push_back("member '" + member.name + "' has no budget: one bad event misses it");
      continue;
    }
    shares.push_back({member.weight, bad, part.counted.total, part.target.complement()});
    spent += member.weight.to_double() * member.consumed.value_or(0);
  }
  whole.verdict = !broken && within_one(shares) ? Verdict::met : Verdict::missed;
  whole.budget.share = 1 - spent;
  whole.burns = weighted_burns(whole);
  const auto bad = weighted_bad(whole, [](const Member& m) {
    const auto allowance = m.assessment.target.complement();
    return allowance.num() == 0 ? 0.0 : m.weight.to_double() / allowance.to_double();
  });
  whole.inference.evidence = broken ? Evidence::refuted : evidence_of(bad, 1);
}

bool same_slices(const Slo& slo) {
  const auto& first = slo.objectives.front().slice_window;
  return std::all_of(slo.objectives.begin(), slo.objectives.end(), [&](const Objective& o) {
    return o.slice_window.has_value() == first.has_value() &&
           (!first || o.slice_window->rolling() == first->rolling());
  });
}

/// Missing slices become what the SLO says, from where measuring began.
void fill_missing(std::vector<SliceState>& states, const Measure& measure, std::int64_t from) {
  if (measure.missing == MissingData::exclude) return;
  const auto as = measure.missing == MissingData::good ? SliceState::good : SliceState::bad;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto end = from + static_cast<std::int64_t>(i + 1) * measure.slice.count();
    if (states[i] == SliceState::missing && end > measure.measured_from) states[i] = as;
  }
}

/// A slice is bad when bad for any member, good when good for one and bad for none.
std::vector<SliceState> common_slices(const Slo& slo, const Assessment& whole,
                                      const series::Reader& reader, const SeriesOf& series) {
  std::vector<SliceState> all;
  const auto from = epoch_minute(whole.window->from), to = epoch_minute(*whole.counted_to);
  for (const auto& objective : slo.objectives) {
    const auto id = series(objective);
    const auto measure = measure_of(slo, objective, reader, id.value_or(series::SeriesId{}));
    auto states = slice_states(measure, from, to);
    if (!id) states.assign(states.size(), SliceState::missing);
    fill_missing(states, measure, from);
    if (all.empty()) all = states;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::max(all[i], states[i]);
  }
  return all;
}

void by_timeslices(const Slo& slo, Assessment& whole, const series::Reader& reader,
                   const SeriesOf& series) {
  if (!same_slices(slo)) {
    whole.verdict = Verdict::no_data;
    whole.sli_reason = "the members have slices of different lengths";
    return;
  }
  if (std::any_of(slo.objectives.begin(), slo.objectives.end(),
                  [](const Objective& o) { return o.weight != Decimal(1, 0); }))
    whole.notes.push_back("weights have no meaning for time slices and are ignored");
  auto& counted = whole.counted;
  counted.in_slices = true;
  for (const auto state : common_slices(slo, whole, reader, series)) {
    ++counted.expected;
    if (state != SliceState::missing) ++counted.known;
    if (state == SliceState::good || state == SliceState::bad) ++counted.total;
    if (state == SliceState::good) ++counted.good;
  }
  whole.sli = counted.sli();
  whole.verdict = judge(counted, whole.target);
  whole.settled = whole.settled && counted.settled(whole.target);
  whole.inference = infer(counted, whole.target, whole.members.front().assessment.inference.method);
  whole.budget = budget_of(counted, whole.target, whole.window->length());
}

void by_ratios(Assessment& whole) {
  double bad = 0;
  for (const auto& member : whole.members)
    if (member.assessment.sli) bad += member.weight.to_double() * (1 - *member.assessment.sli);
  whole.sli = std::max(0.0, 1 - bad);
  const double allowed = whole.target.complement().to_double();
  whole.verdict = bad <= allowed ? Verdict::met : Verdict::missed;
  whole.budget.none = allowed <= 0;
  if (allowed > 0) whole.budget.share = 1 - bad / allowed;
  const auto interval = weighted_bad(whole, [](const Member& m) { return m.weight.to_double(); });
  whole.inference.sli = {std::max(0.0, 1 - interval.high), std::clamp(1 - interval.low, 0.0, 1.0)};
  whole.inference.evidence = evidence_of(interval, allowed);
}

}  // namespace

Assessment combine(const Slo& slo, std::vector<Assessment> members, const series::Reader& reader,
                   const SeriesOf& series) {
  if (members.empty()) return {};
  auto whole = frame(slo, std::move(members));
  if (!whole.window) {
    whole.verdict = Verdict::not_started;
    whole.sli_reason = whole.members.front().assessment.sli_reason;
    return whole;
  }
  if (!any_data(whole)) {
    whole.sli_reason = "no member has data in this window";
    return whole;
  }
  whole.settled = all_settled(whole);
  switch (slo.method) {
    case BudgetingMethod::occurrences:
      by_occurrences(whole);
      break;
    case BudgetingMethod::timeslices:
      by_timeslices(slo, whole, reader, series);
      break;
    case BudgetingMethod::ratio_timeslices:
      by_ratios(whole);
      break;
  }
  return whole;
}

}  // namespace nines::slo
