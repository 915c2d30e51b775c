// A canary against its baseline, from counts: plan how much traffic it needs, judge at any moment.
//
// The judgement is an e-process: of `total` errors in both arms the canary's are binomial with its
// share f of the traffic while nothing is wrong, and with q = f R / (f R + 1 - f) at a ratio R of
// error rates. E is the mean over a fixed grid of R of the likelihood ratios; by Ville's inequality
// it reaches 1/alpha with probability at most alpha however often one looks.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/stats.hpp"

namespace nines::remediate {

struct ArmCounts {
  std::uint64_t bad = 0;
  std::uint64_t total = 0;  ///< bad ones among them
};

/// log E after `canary_bad` of `all_bad` errors fell into the arm that had the share `share` of the
/// traffic, 0 < share < 1. The grid: twelve ratios from 1.25 to 20, evenly spaced in the logarithm.
double log_evidence(std::uint64_t canary_bad, std::uint64_t all_bad, double share);

/// What both arms saw since the look before.
struct CanaryLook {
  ArmCounts canary, baseline;
};

/// The same over looks, oldest first, between which the share may change: the likelihood ratio of
/// each grid point is the product over looks. A look without traffic in an arm tells nothing.
double log_evidence(std::span<const CanaryLook> looks);

enum class CanaryVerdict : std::uint8_t { promote, roll_back, inconclusive };
std::string_view to_string(CanaryVerdict verdict);  ///< "roll-back"

struct CanaryRules {
  double alpha = 0.05;  ///< most false alarms, looking all the time
  double margin = 1.5;  ///< a ratio of error rates below it is good enough to promote
};

struct CanaryJudgement {
  CanaryVerdict verdict = CanaryVerdict::inconclusive;
  double evidence = 1;          ///< E; rolls back at 1/alpha
  double share = 0;             ///< the canary's of all traffic
  std::optional<double> ratio;  ///< of the error rates; empty without errors in the baseline
  stats::Interval ratio_interval{0, 0};  ///< exact 95 %; the upper end may be infinite
  /// When inconclusive: errors in both arms at which a canary no worse than the baseline would be
  /// promoted, about; empty otherwise.
  std::optional<std::uint64_t> errors_needed;
};

/// Both arms must have traffic. Promotion means non-inferiority: the whole interval of the ratio
/// lies below the margin. No alarm is not enough. The ratio is of the sums over all looks.
CanaryJudgement judge_canary(std::span<const CanaryLook> looks, const CanaryRules& rules = {});
CanaryJudgement judge_canary(const ArmCounts& canary, const ArmCounts& baseline,
                             const CanaryRules& rules = {});

struct CanaryDesign {
  double base_rate = 0;   ///< bad share of requests while all is well, in (0, 1)
  double ratio = 2;       ///< the rise that must be seen, above 1
  double share = 0.05;    ///< of the traffic, in (0, 1)
  double per_second = 0;  ///< requests of both arms
  double alpha = 0.05;    ///< one-sided
  double power = 0.8;
};

/// Requests that the canary needs, before rounding up: two proportions by the normal approximation,
/// pooled under the null, with k = (1 - share) / share times as many in the baseline.
double canary_requests(const CanaryDesign& design);
/// Errors that the canary produces meanwhile if it is as bad as the design fears.
double canary_errors(const CanaryDesign& design);
/// The smallest ratio that is seen within `seconds` with the design's power; by bisection up to
/// 1000; empty when not even that is.
std::optional<double> visible_ratio(const CanaryDesign& design, double seconds);
/// Requests without an error that show a rate below `rate` at 95 %: ln(0.05) / ln(1 - rate), up.
std::uint64_t requests_without_error(double rate);

/// The largest share of traffic whose total failure, seen and rolled back after `seconds`, costs at
/// most `part` of the window's budget: part * budget_events / (per_second * seconds * p_bad).
double largest_share(double budget_events, double part, double per_second, double seconds,
                     double p_bad = 1);

}  // namespace nines::remediate
