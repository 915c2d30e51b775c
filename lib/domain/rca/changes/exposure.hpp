// Whether those whom a change reached fare worse than those whom it did not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nines::rca {

/// One metric of both cohorts of a change: counts of bad events, or samples of values.
struct CohortMetric {
  std::string name;
  std::uint64_t exposed_bad = 0, exposed_total = 0, control_bad = 0, control_total = 0;
  std::vector<double> exposed, control;  ///< in the order given
};

struct Exposure {
  enum class Answer { worse, same, unknown };
  Answer answer = Answer::unknown;
  std::string because;
};

/// The customary limits of a canary's judge: intervals of 98 %, and a difference of a quarter.
inline constexpr double kCohortDeviate = 2.326;
inline constexpr double kCohortTolerance = 0.25;
/// Fewer samples of a cohort tell nothing at that confidence.
inline constexpr std::size_t kLeastCohort = 8;
/// Of longer cohorts so many samples are compared, evenly chosen.
inline constexpr std::size_t kMostCohort = 1000;

/// Counts: the ratio of both shares of bad events with its log-normal interval (1/2 added, as
/// Jeffreys' prior does). Worse: the interval lies above 1 and the ratio is at least 1.25; same: it
/// lies below 1.25. Samples: Hodges and Lehmann's shift with the interval of the Mann-Whitney test;
/// worse: it lies beyond a quarter of that shift, in the harmful direction that the metric's name
/// tells (more is worse where it tells none); same: it lies below a quarter of the control's median.
Exposure judge_cohorts(const CohortMetric& metric);

/// Worse where any metric is, and the same where all that can tell are.
Exposure judge_exposure(const std::vector<CohortMetric>& metrics);

}  // namespace nines::rca
