// Counts up to a minute, and looks for the first one that passes a threshold by halving.
#include "usecases/incident/replay_loss.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::usecases {
namespace {

using incident::ImpactSpan;
using incident::Money;
using incident::Threshold;

std::vector<ImpactSpan> clipped(const std::vector<ImpactSpan>& spans, Instant at) {
  std::vector<ImpactSpan> before;
  for (auto span : spans) {
    if (span.period.from >= at) continue;
    span.period.to = std::min(span.period.to, at);
    before.push_back(std::move(span));
  }
  return before;
}

std::map<std::string, std::vector<ImpactSpan>> spans_by_service(
    const std::vector<ImpactSpan>& spans) {
  std::map<std::string, std::vector<ImpactSpan>> found;
  for (const auto& span : spans) found[span.service].push_back(span);
  return found;
}

/// In turn, each when the one before has kept silent for `within`.
std::vector<ReplayedCall::Turn> turns(const Threshold& threshold, const incident::CalledRole* role,
                                      Instant at, Instant end) {
  std::vector<std::string> names{threshold.call};
  if (role != nullptr && !role->people.empty()) names = role->people;
  std::vector<ReplayedCall::Turn> asked;
  auto when = at;
  for (const auto& name : names) {
    if (!asked.empty() && when >= end) break;
    asked.push_back({name, when});
    when += threshold.within;
  }
  return asked;
}

}  // namespace

Loss::Loss(const Catalogue& catalogue, const BadEventCounter& counter,
           const incident::AssessPolicy& policy, const LossCase& of)
    : catalogue_(catalogue), counter_(counter), policy_(policy), case_(of) {
  if (case_.spans.empty()) {
    why_not_ = "no service is named";
    return;
  }
  from_ = case_.spans.front().period.from;
  to_ = case_.spans.front().period.to;
  for (const auto& span : case_.spans) {
    from_ = std::min(from_, span.period.from);
    to_ = std::max(to_, span.period.to);
  }
  choose_parts();
}

void Loss::choose_parts() {
  const auto apart = spans_by_service(case_.spans);
  const auto& transaction = policy_.transaction;
  if (transaction && !transaction->slos.empty()) {
    for (const auto& name : transaction->slos) {
      const auto* slo = catalogue_.find_slo(name);
      if (slo == nullptr || (case_.breach != nullptr && case_.breach != slo)) continue;
      if (const auto own = apart.find(slo->service); own != apart.end())
        parts_.push_back({slo, own->second, std::nullopt});
    }
    if (parts_.empty())
      why_not_ =
          "no SLO of the policy (" + join(transaction->slos, ", ") + ") measures what was hurt";
    return;
  }
  std::uint64_t most = 0;
  for (const auto& [service, spans] : apart) {
    const auto* slo = case_.breach != nullptr ? case_.breach : most_hurt(service, spans);
    if (slo == nullptr) continue;
    const auto known = catalogue_.services.find(service);
    const auto cost = known == catalogue_.services.end() ? std::optional<catalog::BadMinuteCost>()
                                                         : known->second.cost;
    if (!transaction) {
      if (cost) parts_.push_back({slo, spans, cost});
      continue;
    }
    // As of an incident that burns: the one SLO with the most bad events.
    const auto seen = counter_.of_slo(*slo, spans).seen;
    if (!parts_.empty() && seen <= most) continue;
    most = seen;
    parts_ = {{slo, spans, std::nullopt}};
  }
  if (parts_.empty())
    why_not_ = transaction ? "nothing is measured of what was hurt"
                           : "no service has a value per transaction or a cost per minute";
}

const slo::Slo* Loss::most_hurt(const std::string& service,
                                const std::vector<ImpactSpan>& spans) const {
  const auto events = counter_.of_service(service, spans);
  return events.slo.empty() ? nullptr : catalogue_.find_slo(events.slo);
}

Loss::Counted Loss::count(Instant at) const {
  Counted counted;
  counted.money.why_not = why_not_;
  std::uint64_t failed = 0;
  bool any = false, complete = true;
  std::vector<Money> costs;
  for (const auto& part : parts_) {
    const auto spans = clipped(part.spans, at);
    if (spans.empty()) continue;
    const auto events = counter_.of_slo(*part.slo, spans);
    if (events.slo.empty()) {
      counted.money.why_not = events.why_not;
      complete = false;
      continue;
    }
    any = true;
    failed += case_.breach != nullptr ? events.seen : events.bad;
    complete = complete && events.complete;
    if (part.cost)
      costs.push_back(incident::cost_of_minutes(events.bad_minutes, events.complete, *part.cost));
  }
  if (!any) return counted;
  counted.failed = failed;
  counted.money = policy_.transaction
                      ? incident::lost_revenue(failed, complete, *policy_.transaction)
                      : incident::sum(costs);
  return counted;
}

Money Loss::until(Instant at) const { return count(at).money; }

incident::Figures Loss::figures(Instant at) const {
  incident::Figures figures;
  const auto counted = count(at);
  figures.lost_low = counted.money.low;
  if (counted.failed) figures.failed = Decimal(static_cast<std::int64_t>(*counted.failed), 0);
  // Said after it was over, it would have been known at the end at the earliest.
  if (case_.reach && case_.reach->value && std::min(case_.reach->as_of, to_) <= at)
    figures.reach = Decimal::parse(*case_.reach->value);
  figures.minutes =
      Decimal(std::chrono::duration_cast<std::chrono::minutes>(at - from_).count(), 0);
  return figures;
}

/// Only asked of thresholds that are passed at the end: no figure falls while a case goes on.
Instant Loss::first_minute(const Threshold& threshold) const {
  const auto passed_at = [&](Instant at) {
    const auto all = figures(at);
    const auto& figure = all.of(threshold.of);
    return figure && *figure >= threshold.at_least;
  };
  auto low = epoch_minute(from_);
  auto high = epoch_minute(to_) + (Instant{std::chrono::minutes{epoch_minute(to_)}} < to_ ? 1 : 0);
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (passed_at(std::min(Instant{std::chrono::minutes{middle}}, to_)))
      high = middle;
    else
      low = middle + 1;
  }
  return std::clamp(Instant{std::chrono::minutes{low}}, from_, to_);
}

std::string Loss::reason(const Threshold& threshold, Instant at) const {
  const auto least = threshold.at_least.to_string();
  switch (threshold.of) {
    case Threshold::Of::lost_revenue:
      return "lost revenue at least " + least + ": " + until(at).text();
    case Threshold::Of::failed:
      return "failed transactions at least " + least + ": " +
             group_digits(count(at).failed.value_or(0));
    case Threshold::Of::reach:
      return "users affected at least " + least + ": " + case_.reach->value.value_or("");
    case Threshold::Of::minutes:
      break;
  }
  return "it lasted " + least + " minutes";
}

std::vector<ReplayedCall> Loss::calls() const {
  std::vector<ReplayedCall> calls;
  if (case_.spans.empty()) return calls;
  for (const auto& threshold : incident::passed(policy_, figures(to_))) {
    ReplayedCall call;
    call.threshold = threshold.name;
    call.role = threshold.call;
    call.at = first_minute(threshold);
    call.why = reason(threshold, call.at);
    call.asked = turns(threshold, policy_.find_role(threshold.call), call.at, to_);
    calls.push_back(std::move(call));
  }
  std::stable_sort(calls.begin(), calls.end(),
                   [](const ReplayedCall& a, const ReplayedCall& b) { return a.at < b.at; });
  return calls;
}

}  // namespace nines::usecases
