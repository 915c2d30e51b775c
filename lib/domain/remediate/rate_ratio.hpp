// Whether something happens less often than before: two counts over two stretches of time.
//
// Given the total of both counts, the later one is binomial with p = t1 r / (t0 + t1 r) at a ratio
// r of the rates (Przyborowski and Wilenski 1940): its exact interval (Clopper and Pearson) gives
// that of the ratio. Probabilities about the ratio are of the Jeffreys posterior of p.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/stats.hpp"

namespace nines::remediate {

/// Events seen over a time; the unit of time is the caller's, and the same in both.
struct Counted {
  std::uint64_t events = 0;
  double time = 0;  ///< above 0
};

struct RateRatio {
  std::optional<double> ratio;     ///< after over before; empty when nothing was seen before
  stats::Interval interval{0, 0};  ///< exact, two-sided; the upper end may be infinite
  double p_fell = 1;               ///< one-sided: P(so few after, or fewer, if nothing changed)
  double p_rose = 1;               ///< P(so many after, or more, if nothing changed)
  double fell = 0.5;               ///< P(ratio < 1)
  double halved = 0;               ///< P(ratio < 1/2)
};

RateRatio rate_ratio(const Counted& before, const Counted& after, double confidence = 0.95);

/// Events that the time before must have held so that a fall to `ratio` is found in an equally long
/// time after with probability `power`, by the one-sided exact test at 5 %. 0 < ratio < 1. The
/// least such mean, by bisection over Poisson means: the table of a design, not of a test.
double events_needed(double ratio, double power = 0.8);

/// The smallest fall that would be found so: the largest ratio below 1 whose `events_needed` is at
/// most `events`; empty when not even a fall to 0 would be.
std::optional<double> smallest_visible_ratio(std::uint64_t events, double power = 0.8);

enum class Effect : std::uint8_t { improved, worse, no_evidence, too_few };
std::string_view to_string(Effect effect);  ///< "improved", "too-few-events"

struct EffectVerdict {
  Effect effect = Effect::too_few;
  /// Of too few events: how much longer, at the rates seen so far, until the test could decide.
  /// Empty when it never would: nothing fell.
  std::optional<double> more_time;
};

/// Improved when the one-sided exact test says so at 5 %, worse likewise; too few when even no
/// event at all after would not have been enough, or would be with more time at the rate seen; else
/// no evidence.
EffectVerdict judge_effect(const Counted& before, const Counted& after);

}  // namespace nines::remediate
