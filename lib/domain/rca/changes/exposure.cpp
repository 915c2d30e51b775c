// A ratio of shares for counts, a shift by ranks for samples.
#include "domain/rca/changes/exposure.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/rca/rank/robust.hpp"
#include "domain/rca/rank/symptom.hpp"

namespace nines::rca {
namespace {

using Answer = Exposure::Answer;

Exposure judge_counts(const CohortMetric& metric) {
  const auto share = [](std::uint64_t bad, std::uint64_t total) {
    return (static_cast<double>(bad) + 0.5) / (static_cast<double>(total) + 1);
  };
  const double exposed = share(metric.exposed_bad, metric.exposed_total);
  const double control = share(metric.control_bad, metric.control_total);
  const auto part = [](std::uint64_t bad, std::uint64_t total) {
    return 1 / (static_cast<double>(bad) + 0.5) - 1 / (static_cast<double>(total) + 1);
  };
  const double error = std::sqrt(part(metric.exposed_bad, metric.exposed_total) +
                                 part(metric.control_bad, metric.control_total));
  const double ratio = exposed / control;
  const double low = ratio * std::exp(-kCohortDeviate * error);
  const double high = ratio * std::exp(kCohortDeviate * error);
  Exposure exposure;
  if (low > 1 && ratio >= 1 + kCohortTolerance)
    exposure.answer = Answer::worse;
  else if (high < 1 + kCohortTolerance)
    exposure.answer = Answer::same;
  exposure.because = fmt::format("{}: {} of {} bad where it was, {} of {} elsewhere, x{:.2f} ({:.2f} "
                                 "to {:.2f} at 98 %)",
                                 metric.name, metric.exposed_bad, metric.exposed_total,
                                 metric.control_bad, metric.control_total, ratio, low, high);
  return exposure;
}

std::vector<double> compared_samples(const std::vector<double>& all, int direction) {
  std::vector<double> some;
  const std::size_t count = std::min(all.size(), kMostCohort);
  for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * all.size() / count] * direction);
  return some;
}

Exposure judge_samples(const CohortMetric& metric) {
  const int direction = harmful_direction(metric.name).value_or(1);
  const auto exposed = compared_samples(metric.exposed, direction);
  const auto control = compared_samples(metric.control, direction);
  Exposure exposure;
  if (exposed.size() < kLeastCohort || control.size() < kLeastCohort) {
    exposure.because = fmt::format("{}: {} and {} samples, and {} of each are asked", metric.name,
                                   exposed.size(), control.size(), kLeastCohort);
    return exposure;
  }
  std::vector<double> shifts;
  shifts.reserve(exposed.size() * control.size());
  for (const double one : exposed)
    for (const double other : control) shifts.push_back(one - other);
  std::sort(shifts.begin(), shifts.end());
  const auto n = static_cast<double>(exposed.size()), m = static_cast<double>(control.size());
  const double from_end =
      std::max(0.0, n * m / 2 - kCohortDeviate * std::sqrt(n * m * (n + m + 1) / 12));
  const auto place = static_cast<std::size_t>(from_end);
  const double shift = quantile_of(shifts, 0.5);
  const double low = shifts[place], high = shifts[shifts.size() - 1 - place];
  const double usual = std::abs(median_of(control));
  if (low > kCohortTolerance * std::abs(shift))
    exposure.answer = Answer::worse;
  else if (high < kCohortTolerance * usual)
    exposure.answer = Answer::same;
  exposure.because =
      fmt::format("{}: {:.4g} {} where it was ({:.4g} to {:.4g} at 98 %, {} and {} samples)",
                  metric.name, std::abs(shift), (shift >= 0) == (direction > 0) ? "more" : "less",
                  low * direction, high * direction, metric.exposed.size(), metric.control.size());
  return exposure;
}

}  // namespace

Exposure judge_cohorts(const CohortMetric& metric) {
  if (metric.exposed_total > 0 && metric.control_total > 0) return judge_counts(metric);
  if (!metric.exposed.empty() && !metric.control.empty()) return judge_samples(metric);
  return {Answer::unknown, metric.name + ": one cohort only, and nothing to compare it with"};
}

Exposure judge_exposure(const std::vector<CohortMetric>& metrics) {
  Exposure all{Answer::unknown, "no cohorts are known"};
  for (const auto& metric : metrics) {
    auto one = judge_cohorts(metric);
    const auto worth = [](Answer answer) {
      return answer == Answer::worse ? 2 : answer == Answer::same ? 1 : 0;
    };
    if (&metric == &metrics.front() || worth(one.answer) > worth(all.answer)) all = std::move(one);
  }
  return all;
}

}  // namespace nines::rca
