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

Exhaustion when_exhausted(double burn, const Period& period, bool rolling, std::int64_t now,
                          double share_left) {
  using Kind = Exhaustion::Kind;
  if (share_left <= 0) return {Kind::exhausted, from_epoch_minute(now), true};
  if (burn <= 0) return {Kind::never, {}, false};
  const double left = share_left * static_cast<double>(period.length().count()) / burn;
  if (left > 3e15) return {Kind::never, {}, false};  // a century: no use to anybody
  const auto when = from_epoch_minute(now) + Micros{static_cast<std::int64_t>(left)};
  return {Kind::at, when, rolling || when < period.to};
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
  const double left = rolling ? budget_of(counted, target, period.length()).share.value_or(0)
                              : outlook.forecast->share_now.value_or(0);
  outlook.exhaustion = when_exhausted(outlook.forecast->burn, period, rolling, counted_to, left);
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
  }
  if (!whole.forecast) return whole;
  whole.forecast->share = 1 - spent;
  whole.forecast->share_now = 1 - spent_now;
  whole.forecast->meets = spent <= 1;
  whole.exhaustion =
      when_exhausted(sum.burn, period, rolling, counted_to, 1 - (rolling ? consumed : spent_now));
  return whole;
}

}  // namespace nines::slo
