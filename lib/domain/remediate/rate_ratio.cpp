// The exact comparison of two Poisson rates, and what it could have seen.
#include "domain/remediate/rate_ratio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/enum_names.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<Effect, 4> kEffects{{"improved", "worse", "no-evidence", "too-few-events"}};
constexpr double kLevel = 0.05;

double share_of_time(const Counted& before, const Counted& after) {
  return after.time / (before.time + after.time);
}

double odds(double p) { return p >= 1 ? std::numeric_limits<double>::infinity() : p / (1 - p); }

/// P(X = k) of a Poisson count, by logarithms: means reach hundreds.
double poisson(double mean, std::uint64_t k) {
  const auto n = static_cast<double>(k);
  return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
}

/// Beyond this a count of that mean does not matter to a power told to three places.
std::uint64_t beyond(double mean) {
  return static_cast<std::uint64_t>(mean + 6 * std::sqrt(mean) + 12);
}

/// The largest count after that the test takes for a fall, given so many before; none: empty.
std::optional<std::uint64_t> critical(std::uint64_t before) {
  if (std::pow(0.5, static_cast<double>(before)) > kLevel) return std::nullopt;
  std::uint64_t most = 0;
  while (stats::binomial_at_most(most + 1, before + most + 1, 0.5) <= kLevel) ++most;
  return most;
}

double power_of(double mean, double ratio) {
  const double after = mean * ratio;
  std::vector<double> at_most(beyond(mean) + 1);  // P(after <= k)
  double sum = 0;
  for (std::uint64_t k = 0; k < at_most.size(); ++k) {
    sum += after > 0 ? poisson(after, k) : (k == 0 ? 1.0 : 0.0);
    at_most[k] = std::min(1.0, sum);
  }
  double power = 0;
  for (std::uint64_t x = 0; x <= beyond(mean); ++x)
    if (const auto most = critical(x))
      power += poisson(mean, x) * at_most[std::min<std::uint64_t>(*most, at_most.size() - 1)];
  return power;
}

bool finds_fall(const Counted& before, const Counted& after) {
  return stats::binomial_at_most(after.events, before.events + after.events,
                                 share_of_time(before, after)) <= kLevel;
}

/// How much longer until the test says that it fell, if events go on as they came.
std::optional<double> time_until_found(const Counted& before, const Counted& after) {
  const double rate = static_cast<double>(after.events) / after.time;
  if (before.events == 0 || rate * before.time >= static_cast<double>(before.events))
    return std::nullopt;
  // The time before does not grow, so what can ever be told has an end: 50 times it is past that.
  double low = after.time, high = before.time * 50;
  const auto found_at = [&](double time) {
    return finds_fall(before, {static_cast<std::uint64_t>(std::llround(rate * time)), time});
  };
  if (high <= low || !found_at(high)) return std::nullopt;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (found_at(middle) ? high : low) = middle;
  }
  return high - after.time;
}

}  // namespace

std::string_view to_string(Effect effect) { return kEffects.of(effect); }

RateRatio rate_ratio(const Counted& before, const Counted& after, double confidence) {
  RateRatio found;
  const auto total = before.events + after.events;
  const double share = share_of_time(before, after), scale = before.time / after.time;
  if (before.events > 0)
    found.ratio = static_cast<double>(after.events) / static_cast<double>(before.events) * scale;
  const auto p = stats::clopper_pearson(after.events, total, confidence);
  found.interval = total == 0 ? stats::Interval{0, std::numeric_limits<double>::infinity()}
                              : stats::Interval{odds(p.low) * scale, odds(p.high) * scale};
  found.p_fell = stats::binomial_at_most(after.events, total, share);
  found.p_rose =
      after.events == 0 ? 1 : 1 - stats::binomial_at_most(after.events - 1, total, share);
  found.fell = 1 - stats::probability_at_least(after.events, before.events, share);
  const double half = after.time / 2 / (before.time + after.time / 2);
  found.halved = 1 - stats::probability_at_least(after.events, before.events, half);
  return found;
}

double events_needed(double ratio, double power) {
  double low = 1, high = 8;
  while (power_of(high, ratio) < power && high < 1e5) high *= 2;
  for (int step = 0; step < 40 && high - low > 0.01; ++step) {
    const double middle = (low + high) / 2;
    (power_of(middle, ratio) >= power ? high : low) = middle;
  }
  return high;
}

std::optional<double> smallest_visible_ratio(std::uint64_t events, double power) {
  const auto mean = static_cast<double>(events);
  if (events == 0 || power_of(mean, 0) < power) return std::nullopt;
  double low = 0, high = 1;
  for (int step = 0; step < 30; ++step) {
    const double middle = (low + high) / 2;
    (power_of(mean, middle) >= power ? low : high) = middle;
  }
  return low;
}

EffectVerdict judge_effect(const Counted& before, const Counted& after) {
  if (finds_fall(before, after)) return {Effect::improved, std::nullopt};
  if (rate_ratio(before, after).p_rose <= kLevel) return {Effect::worse, std::nullopt};
  if (const auto more = time_until_found(before, after)) return {Effect::too_few, more};
  if (!finds_fall(before, {0, after.time})) return {Effect::too_few, std::nullopt};
  return {Effect::no_evidence, std::nullopt};
}

}  // namespace nines::remediate
