// Exact and score tests on counts and shares, in words.
#include "domain/governance/rates.hpp"

#include <cmath>

namespace nines::governance {
namespace {

constexpr double kTwoSided = 0.05;
constexpr std::uint64_t kFewestEvents = 10;
constexpr std::size_t kFewestPeriods = 3;

}  // namespace

stats::Interval per_30_days(const CountIn& counted) {
  const auto mean = stats::poisson_mean(counted.events);
  return {mean.low * 30 / counted.days, mean.high * 30 / counted.days};
}

std::string_view compare_counts(const CountIn& before, const CountIn& now) {
  if (before.days <= 0 || now.days <= 0) return "nothing to compare with";
  const remediate::Counted then{before.events, before.days}, since{now.events, now.days};
  switch (remediate::judge_effect(then, since).effect) {
    case remediate::Effect::improved:
      return "fell";
    case remediate::Effect::worse:
      return "rose";
    case remediate::Effect::no_evidence:
      return "no evidence of a change";
    case remediate::Effect::too_few:
      break;
  }
  return "too few to tell";
}

CountTrend trend_of_counts(std::span<const CountIn> periods) {
  CountTrend trend;
  double days = 0, events = 0, mean_place = 0;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    days += periods[i].days;
    events += static_cast<double>(periods[i].events);
    mean_place += static_cast<double>(i) * periods[i].days;
  }
  if (periods.size() < kFewestPeriods || events < static_cast<double>(kFewestEvents) || days <= 0)
    return trend;
  mean_place /= days;
  double score = 0, spread = 0;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const double place = static_cast<double>(i) - mean_place;
    score += place * static_cast<double>(periods[i].events);
    spread += place * place * periods[i].days / days;
  }
  trend.z = score / std::sqrt(events * spread);
  trend.p = std::erfc(std::abs(trend.z) / std::sqrt(2.0));
  return trend;
}

std::string_view CountTrend::verdict() const {
  if (!p) return "too few to tell";
  if (*p > kTwoSided) return "no evidence of a trend";
  return z > 0 ? "rising" : "falling";
}

ShareChange change_of_shares(double before, const stats::Interval& was, double now,
                             const stats::Interval& is) {
  const double difference = now - before;
  const auto root = [](double a, double b) { return std::sqrt(a * a + b * b); };
  return {difference,
          {difference - root(now - is.low, was.high - before),
           difference + root(is.high - now, before - was.low)}};
}

std::string_view ShareChange::verdict() const {
  if (interval.low > 0) return "better";
  if (interval.high < 0) return "worse";
  return "no evidence of a change";
}

}  // namespace nines::governance
