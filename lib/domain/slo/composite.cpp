// Adds members up to one verdict: shares of budgets, common slices, or mean ratios.
#include "domain/slo/composite.hpp"

#include <algorithm>
#include <cmath>

namespace nines::slo {
namespace {

Decimal plus(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const auto at_scale = [scale](const Decimal& d) {
    auto units = d.units();
    for (int i = d.scale(); i < scale; ++i) units *= 10;
    return units;
  };
  return Decimal(at_scale(a) + at_scale(b), scale);
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
  whole.target = composite_target(slo);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& objective = slo.objectives[i];
    whole.weights = plus(whole.weights, objective.weight);
    const auto& fresh = parts[i].freshness;
    if (!fresh.data_to || (whole.freshness.data_to && *fresh.data_to < *whole.freshness.data_to))
      whole.freshness = fresh;
    if (parts[i].verdict == Verdict::no_data)
      whole.notes.push_back("member '" + member_name(objective) + "' has no data");
    whole.members.push_back(
        {member_name(objective), objective.weight, consumed(parts[i]), std::move(parts[i])});
  }
  if (whole.weights != Decimal(1, 0) && slo.method != BudgetingMethod::timeslices)
    whole.notes.push_back("the weights sum to " + whole.weights.to_string() + ", not 1");
  return whole;
}

bool any_data(const Assessment& whole) {
  return std::any_of(whole.members.begin(), whole.members.end(),
                     [](const Member& m) { return !m.assessment.counted.empty(); });
}

/// Interval of a weighted sum of bad rates, recovered from each member's own interval (MOVER, Zou
/// and Donner 2008), and widened by how much the members fail together.
stats::Interval weighted_bad(const Assessment& whole, const std::vector<Share>& shares) {
  const auto from = epoch_minute(whole.window->from), to = epoch_minute(*whole.counted_to);
  double centre = 0, below = 0, above = 0;
  std::vector<Blocks> blocks;
  std::vector<double> factors;
  for (const auto& share : shares) {
    const auto& part = whole.members[*share.member].assessment;
    if (!part.sli) continue;
    const double factor = share.weight / share.target.complement().to_double();
    const double bad = 1 - *part.sli;
    centre += factor * bad;
    below += std::pow(factor * (bad - (1 - part.inference.sli.high)), 2);
    above += std::pow(factor * ((1 - part.inference.sli.low) - bad), 2);
    blocks.push_back(blocks_of(share.measure, from, to));
    factors.push_back(factor);
  }
  const double spread = joint_spread(blocks, factors);
  return {centre - spread * std::sqrt(below), centre + spread * std::sqrt(above)};
}

Evidence evidence_of(const stats::Interval& bad, double allowed) {
  if (bad.high <= allowed) return Evidence::supported;
  return bad.low > allowed ? Evidence::refuted : Evidence::undecided;
}

/// What all methods but time slices have in common, once the verdict is known.
void add_weighted(Assessment& whole, const std::vector<Share>& shares) {
  const auto to = epoch_minute(*whole.counted_to);
  whole.burns = burn_rates(shares, to, whole.window->length());
  whole.outlook = look_ahead(shares, *whole.window, whole.rolling, to);
  for (const auto& member : whole.members) {
    whole.counted.known += member.assessment.counted.known;
    whole.counted.expected += member.assessment.counted.expected;
    whole.counted.imputed += member.assessment.counted.imputed;
  }
  whole.counted.in_slices = whole.method != BudgetingMethod::occurrences;
}

using TallyOf = Tally (*)(const Assessment&);
Tally as_counted(const Assessment& a) { return a.counted; }
Tally at_best(const Assessment& a) { return a.counted.at_best(); }
Tally at_worst(const Assessment& a) { return a.counted.at_worst(); }

/// Weighted shares of budgets are within one; a member without a budget must have nothing bad.
bool events_meet(const Assessment& whole, TallyOf tally_of) {
  std::vector<WeightedShare> shares;
  for (const auto& member : whole.members) {
    const auto counted = tally_of(member.assessment);
    if (counted.empty()) continue;
    const auto bad = counted.total - counted.good;
    if (member.assessment.budget.none && bad > 0) return false;
    if (!member.assessment.budget.none)
      shares.push_back({member.weight, bad, counted.total, member.assessment.target.complement()});
  }
  return within_one(shares);
}

bool ratios_meet(const Assessment& whole, TallyOf tally_of) {
  std::vector<Tally> tallies;
  for (const auto& member : whole.members) tallies.push_back(tally_of(member.assessment));
  std::vector<WeightedMean> means;
  for (std::size_t i = 0; i < tallies.size(); ++i)
    if (!tallies[i].empty()) means.push_back({whole.members[i].weight, &*tallies[i].ratios});
  return shortfall_within(means, whole.target.complement());
}

/// A member without any data could turn whatever the others say.
template <typename Meets>
void judge_sum(Assessment& whole, Meets&& meets) {
  const bool all = std::none_of(whole.members.begin(), whole.members.end(),
                                [](const Member& m) { return m.assessment.counted.empty(); });
  whole.verdict = meets(whole, as_counted) ? Verdict::met : Verdict::missed;
  whole.settled = all && meets(whole, at_best) == meets(whole, at_worst);
}

void by_occurrences(Assessment& whole, const std::vector<Share>& shares) {
  whole.sli_reason = "a composite of events adds up shares of budgets, not events";
  judge_sum(whole, events_meet);
  double spent = 0;
  bool broken = false;
  for (const auto& member : whole.members) {
    spent += member.weight.to_double() * member.consumed.value_or(0);
    if (!member.assessment.budget.none) continue;
    broken = broken || member.assessment.counted.bad_units() > 0;
    whole.notes.push_back("member '" + member.name + "' has no budget: one bad event misses it");
  }
  whole.budget.share = 1 - spent;
  add_weighted(whole, shares);
  whole.inference.spent = weighted_bad(whole, shares);
  whole.inference.evidence = broken ? Evidence::refuted : evidence_of(*whole.inference.spent, 1);
}

void by_timeslices(const Slo& slo, Assessment& whole, const std::vector<Share>& shares) {
  if (!same_slices(slo)) {
    whole.verdict = Verdict::no_data;
    whole.sli_reason = "the members have slices of different lengths";
    return;
  }
  if (std::any_of(slo.objectives.begin(), slo.objectives.end(),
                  [](const Objective& o) { return o.weight != Decimal(1, 0); }))
    whole.notes.push_back("weights have no meaning for time slices and are ignored");
  const auto& joint = shares.front();
  const auto from = epoch_minute(whole.window->from), to = epoch_minute(*whole.counted_to);
  whole.counted = tally(joint.measure, from, to);
  whole.sli = whole.counted.sli();
  whole.verdict = judge(whole.counted, whole.target);
  if (!whole.sli) whole.sli_reason = "no slice of this window has data";
  whole.settled = whole.counted.settled(whole.target);
  whole.inference =
      infer(whole.counted, whole.target, whole.members.front().assessment.inference.method,
            clustering_of(blocks_of(joint.measure, from, to)));
  const auto end = epoch_minute(whole.window->to);
  const auto length = whole.window->length() - std::chrono::minutes{excluded_minutes(
                                                   joint.measure.joined.front(), from, end)};
  whole.budget = budget_of(whole.counted, whole.target, length);
  whole.burns = burn_rates(shares, to, length);
  whole.outlook = look_ahead(shares, *whole.window, whole.rolling, to);
}

void by_ratios(Assessment& whole, const std::vector<Share>& shares) {
  double bad = 0;
  for (const auto& member : whole.members)
    if (member.assessment.sli) bad += member.weight.to_double() * (1 - *member.assessment.sli);
  whole.sli = std::max(0.0, 1 - bad);
  judge_sum(whole, ratios_meet);
  const double allowed = whole.target.complement().to_double();
  whole.budget.none = allowed <= 0;
  add_weighted(whole, shares);
  if (whole.budget.none) return;
  whole.budget.share = 1 - bad / allowed;
  const auto interval = weighted_bad(whole, shares);
  whole.inference.sli = {std::max(0.0, 1 - interval.high * allowed),
                         std::clamp(1 - interval.low * allowed, 0.0, 1.0)};
  whole.inference.spent = interval;
  whole.inference.evidence = evidence_of(interval, 1);
}

}  // namespace

Assessment combine(const Slo& slo, std::vector<Assessment> members, const MeasureOf& measures) {
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
  const auto shares = shares_of(slo, measures);
  switch (slo.method) {
    case BudgetingMethod::occurrences:
      by_occurrences(whole, shares);
      break;
    case BudgetingMethod::timeslices:
      by_timeslices(slo, whole, shares);
      break;
    case BudgetingMethod::ratio_timeslices:
      by_ratios(whole, shares);
      break;
  }
  return whole;
}

}  // namespace nines::slo
