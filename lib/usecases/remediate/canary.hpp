// A canary release: what it would need to be judged, and its judgement from counts.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "domain/remediate/canary.hpp"

namespace nines::usecases {

struct CanaryPlanRequest {
  double base_rate = 0;   ///< bad share while all is well
  double ratio = 2;       ///< the rise that must be seen
  double share = 0.05;    ///< of the traffic
  double per_second = 0;  ///< requests of both arms
  Micros within{0};       ///< how long the canary may take
  double target = 0;      ///< of the objective that is put at risk; 0: none was named
  Micros window{0};       ///< its window
  double part = 0.01;     ///< of its budget that a total failure of the canary may cost
  Micros roll_back{0};    ///< from the first bad request to none
};

struct CanaryPlan {
  nines::remediate::CanaryDesign design;
  std::optional<double> visible;        ///< smallest ratio seen in the time given; empty: none is
  double requests = 0;                  ///< the canary needs for the ratio asked for
  double errors = 0;                    ///< the canary makes meanwhile, if it is that bad
  Micros time{0};                       ///< until then
  std::optional<double> largest_share;  ///< by blast radius; empty without an objective
  bool can_validate = false;            ///< the ratio asked for is seen in time
  bool too_large = false;               ///< the share is above the largest
};

/// Throws Error{usage} for rates and shares outside of (0, 1), a ratio not above 1, no traffic.
NINES_EXPORT CanaryPlan plan_canary(const CanaryPlanRequest& request);

/// "3/1200": bad of all. Throws Error{usage}.
NINES_EXPORT nines::remediate::ArmCounts parse_arm(const std::string& text);

/// A CSV table with the columns canary_bad, canary_total, baseline_bad, baseline_total, a row per
/// look, in order. Throws Error: not_found, bad_data with the line.
NINES_EXPORT std::vector<nines::remediate::CanaryLook> read_looks(
    const std::string& file, const std::filesystem::path& folder);

/// Throws Error: usage for rules out of bounds, bad_data when an arm has no traffic at all or more
/// bad requests than requests.
NINES_EXPORT nines::remediate::CanaryJudgement judge_looks(
    const std::vector<nines::remediate::CanaryLook>& looks,
    const nines::remediate::CanaryRules& rules);

}  // namespace nines::usecases
