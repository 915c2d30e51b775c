// Carries the pace of the last day forward; a plain projection, said to be one.
#include "domain/slo/forecast.hpp"

#include <algorithm>
#include <cmath>

#include "domain/series/day_part.hpp"

namespace nines::slo {
namespace {

struct Pace {
  double error_rate = 0;
  double units_per_minute = 0;
  std::int64_t minutes = 0;
};

double per_minute(const Tally& t, const Measure& m) {
  if (t.known == 0) return 0;
  const double minutes =
      static_cast<double>(t.known) * (m.in_slices() ? static_cast<double>(m.slice.count()) : 1.0);
  return static_cast<double>(t.total - t.imputed) / minutes;
}

/// Errors of the last day if it has data, else of the window; traffic of the window.
Pace pace_of(const Measure& measure, std::int64_t from, std::int64_t to, const Tally& counted) {
  const auto day = tally(measure, std::max(from, to - series::kMinutesPerDay), to);
  const auto& basis = day.empty() ? counted : day;
  return {basis.bad_units() / static_cast<double>(basis.total), per_minute(counted, measure),
          day.empty() ? to - from : std::min<std::int64_t>(series::kMinutesPerDay, to - from)};
}

Forecast carry(const Ratio& target, const Pace& pace, double total, double bad, double now_bad) {
  const auto allowance = target.complement();
  Forecast f;
  f.pace = std::chrono::minutes{pace.minutes};
  f.total = total;
  f.bad = bad;
  f.sli = total > 0 ? 1 - bad / total : 1;
  const double budget = allowance.to_double() * total;
  f.allowed = static_cast<std::int64_t>(std::floor(budget));
  if (allowance.num() > 0) f.burn = pace.error_rate / allowance.to_double();
  if (budget > 0) f.share = 1 - bad / budget;
  if (budget > 0) f.share_now = 1 - now_bad / budget;
  f.meets = bad <= budget;
  return f;
}

/// Of a budget that nothing comes back to.
Exhaustion when_spent(double burn, const Period& period, std::int64_t now, double share_left) {
  using Kind = Exhaustion::Kind;
  if (share_left <= 0) return {Kind::exhausted, from_epoch_minute(now), true};
  if (burn <= 0) return {Kind::never, {}, false};
  const double left = share_left * static_cast<double>(period.length().count()) / burn;
  if (left > 3e15) return {Kind::never, {}, false};  // a century: no use to anybody
  const auto when = from_epoch_minute(now) + Micros{static_cast<std::int64_t>(left)};
  return {Kind::at, when, when < period.to};
}

/// Of a rolling window: where the share spent first reaches the whole, evenly within a part.
Exhaustion when_reached(std::span<const double> spent_ahead, const Period& period, std::int64_t now,
                        double share_left) {
  using Kind = Exhaustion::Kind;
  if (share_left <= 0) return {Kind::exhausted, from_epoch_minute(now), true};
  double before = 1 - share_left;
  for (std::size_t i = 0; i < spent_ahead.size(); before = spent_ahead[i++]) {
    if (spent_ahead[i] < 1) continue;
    const double parts = static_cast<double>(i) + (1 - before) / (spent_ahead[i] - before);
    const double left = parts * static_cast<double>(period.length().count()) / kAheadParts;
    return {Kind::at, from_epoch_minute(now) + Micros{static_cast<std::int64_t>(left)}, true};
  }
  return {Kind::never, {}, false};
}

/// The oldest part falls out, one at the pace comes in, until all of the window is of the pace.
std::vector<double> spend_on(const Measure& measure, const Ratio& target, const Pace& pace,
                             const Tally& counted, std::int64_t from, std::int64_t length) {
  std::vector<double> spent;
  double total = static_cast<double>(counted.total), bad = counted.bad_units();
  for (int i = 0; i < kAheadParts; ++i) {
    const auto begin = from + length * i / kAheadParts, end = from + length * (i + 1) / kAheadParts;
    const auto leaving = tally(measure, begin, end);
    const double coming = pace.units_per_minute * static_cast<double>(end - begin);
    total += coming - static_cast<double>(leaving.total);
    bad += coming * pace.error_rate - leaving.bad_units();
    const double budget = target.complement().to_double() * total;
    spent.push_back(budget > 0 ? bad / budget : 0);
  }
  return spent;
}

}  // namespace

std::string_view to_string(Exhaustion::Kind kind) {
  switch (kind) {
    case Exhaustion::Kind::unknown:
      return "unknown";
    case Exhaustion::Kind::no_budget:
      return "no_budget";
    case Exhaustion::Kind::exhausted:
      return "exhausted";
    case Exhaustion::Kind::never:
      return "never";
    case Exhaustion::Kind::at:
      return "at";
  }
  return "";
}

Outlook look_ahead(const Measure& measure, const Ratio& target, const Period& period, bool rolling,
                   std::int64_t counted_to, const Tally& counted) {
  if (counted.empty()) return {};
  const auto from = epoch_minute(period.from);
  const auto pace = pace_of(measure, from, counted_to, counted);
  const auto length = epoch_minute(period.to) - from;
  double total = static_cast<double>(counted.total), bad = counted.bad_units();
  const auto step = rolling ? std::min<std::int64_t>(series::kMinutesPerDay, length)
                            : epoch_minute(period.to) - counted_to;
  if (rolling) {
    const auto leaving = tally(measure, from, from + step);
    total -= static_cast<double>(leaving.total);
    bad -= leaving.bad_units();
  }
  const double coming = pace.units_per_minute * static_cast<double>(step);
  total += coming;
  bad += coming * pace.error_rate;
  Outlook outlook;
  outlook.forecast = carry(target, pace, total, bad, counted.bad_units());
  outlook.forecast->at = from_epoch_minute(counted_to + step);
  if (target.complement().num() == 0) {
    outlook.exhaustion.kind = Exhaustion::Kind::no_budget;
    return outlook;
  }
  const auto& f = *outlook.forecast;
  if (!rolling) {
    outlook.exhaustion = when_spent(f.burn, period, counted_to, f.share_now.value_or(0));
    return outlook;
  }
  const double left = budget_of(counted, target, period.length()).share.value_or(0);
  if (left < 1 || f.burn > 0)
    outlook.spent_ahead = spend_on(measure, target, pace, counted, from, length);
  outlook.exhaustion = when_reached(outlook.spent_ahead, period, counted_to, left);
  return outlook;
}

Outlook weighted(std::span<const WeightedOutlook> parts, const Period& period, bool rolling,
                 std::int64_t counted_to) {
  if (parts.size() == 1 && parts.front().weight == 1) return parts.front().outlook;
  Outlook whole;
  Forecast sum;
  double spent = 0, spent_now = 0, consumed = 0;
  for (const auto& part : parts) {
    if (!part.outlook.forecast) continue;
    const auto& f = *part.outlook.forecast;
    sum.at = std::max(sum.at, f.at);
    sum.pace = std::max(sum.pace, f.pace);
    sum.burn += part.weight * f.burn;
    spent += part.weight * (1 - f.share.value_or(1));
    spent_now += part.weight * (1 - f.share_now.value_or(1));
    consumed += part.weight * part.consumed.value_or(0);
    whole.forecast = sum;
    const auto& ahead = part.outlook.spent_ahead;
    whole.spent_ahead.resize(std::max(whole.spent_ahead.size(), ahead.size()));
    for (std::size_t i = 0; i < ahead.size(); ++i) whole.spent_ahead[i] += part.weight * ahead[i];
  }
  if (!whole.forecast) return whole;
  whole.forecast->share = 1 - spent;
  whole.forecast->share_now = 1 - spent_now;
  whole.forecast->meets = spent <= 1;
  whole.exhaustion = rolling ? when_reached(whole.spent_ahead, period, counted_to, 1 - consumed)
                             : when_spent(sum.burn, period, counted_to, 1 - spent_now);
  return whole;
}

}  // namespace nines::slo
