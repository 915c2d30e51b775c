// Two answers, never mixed: what the exact count says, and what it lets us believe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/stats.hpp"
#include "domain/slo/clustering.hpp"
#include "domain/slo/tally.hpp"

namespace nines::slo {

/// Accounting of the window by exact counts.
enum class Verdict { met, missed, no_data, not_started };
/// Inference about the service: may we believe that it is at least as good as the target?
enum class Evidence { supported, refuted, undecided };
enum class IntervalMethod { wilson, clopper_pearson };

std::string_view to_string(Verdict verdict);        ///< "met", "missed", "no_data", "not_started"
std::string_view to_string(Evidence evidence);      ///< "supported", "refuted", "undecided"
std::string_view to_string(IntervalMethod method);  ///< "wilson", "clopper-pearson"

inline constexpr double kConfidence = 0.95;  ///< two-sided, of every interval that is printed

struct Inference {
  stats::Interval sli{0, 1};
  /// Of a weighted composite: interval of the share of its budget that is spent.
  std::optional<stats::Interval> spent;
  IntervalMethod method = IntervalMethod::wilson;
  Evidence evidence = Evidence::undecided;
  /// When undecided: about how many more units at the same rate would decide it. Empty when none
  /// would, because the SLI equals the target or the target is 100 %.
  std::optional<std::uint64_t> units_needed;
  std::optional<Clustering> clustering;  ///< empty: units are taken to be independent
};

/// met or missed by exact counts; no_data when nothing was counted.
Verdict judge(const Tally& tally, const Ratio& target);

/// Supported when the whole interval lies at or above the target, refuted when all of it lies
/// below. Only real data counts: imputed units are left out. A mean of ratios is treated as that
/// many good slices (rounded down), which is never too narrow for values between 0 and 1. Units
/// that come in bursts count as the fewer that `clustering` says.
Inference infer(const Tally& tally, const Ratio& target, IntervalMethod method,
                const std::optional<Clustering>& clustering = std::nullopt);

}  // namespace nines::slo
