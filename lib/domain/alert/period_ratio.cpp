// The error ratio over a whole period, from what the rules recorded of shorter windows.
#include <algorithm>
#include <cmath>

#include "domain/alert/replay.hpp"

namespace nines::alert {

namespace {

/// A sum as Prometheus keeps it, with Neumaier's compensation.
class Compensated {
 public:
  void add(double value) {
    const double next = sum_ + value;
    lost_ += std::abs(sum_) >= std::abs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  double plain() const { return sum_; }
  double value() const { return std::isinf(sum_) ? sum_ : sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

/// What sum_over_time gives, and of how many samples.
struct Sum {
  double value = 0;
  std::size_t count = 0;
};

/// Of what was recorded in the period that ends with an evaluation.
Sum sum_of(const std::vector<double>& values, const Schedule& schedule, std::size_t index,
           Tick period) {
  const auto back = static_cast<std::size_t>(period / schedule.interval);
  Compensated sum;
  std::size_t count = 0;
  for (std::size_t i = index > back ? index - back : 0; i <= index; ++i) {
    if (is_absent(values[i])) continue;
    sum.add(values[i]);
    ++count;
  }
  return {sum.value(), count};
}

/// Errors by events, where there were any.
double ratio_of(const Sum& errors, const Sum& events) {
  return errors.count > 0 && events.count > 0 && events.value > 0 ? errors.value / events.value
                                                                  : absent();
}

/// How far back a selector looks for a sample that is still of now.
constexpr Tick kLookback = 300'000;

/// What a subquery with the step of the ratio window sees of the current calendar window.
std::vector<double> of_this_window(const std::vector<double>& values, const Policy& policy,
                                   const Schedule& schedule, std::size_t index) {
  const Tick origin = schedule.origin * 1000;
  const Tick at = origin + schedule.at(index);
  const Tick step = policy.ratio_window.count();
  const std::int64_t seconds = at >= 0 ? at / 1000 : (at - 999) / 1000;
  const Tick start = window_start(*policy.calendar, seconds) * 1000;
  std::vector<double> seen;
  // Steps stand at whole multiples since the epoch.
  const Tick earliest = std::max(start, origin + schedule.from);
  for (Tick s = earliest / step * step; s <= at; s += step) {
    if (s < earliest) continue;
    const Tick since = s - origin - schedule.from;
    const auto i = static_cast<std::size_t>(since / schedule.interval);
    const Tick sampled = origin + schedule.at(i);
    if (sampled < start || s - sampled >= kLookback || is_absent(values[i])) continue;
    seen.push_back(values[i]);
  }
  return seen;
}

Sum sum_of(const std::vector<double>& values) {
  Compensated sum;
  for (const double value : values) sum.add(value);
  return {sum.value(), values.size()};
}

/// As avg_over_time goes: a mean that moves with each sample.
double mean_of(const std::vector<double>& values) {
  if (values.empty()) return absent();
  Compensated mean;
  double count = 0;
  for (const double value : values) {
    ++count;
    mean.add(value / count - mean.plain() / count);
  }
  return mean.value();
}

double calendar_ratio(const Replay& replay, const Policy& policy, std::size_t index) {
  const auto since = [&](const std::vector<double>& values) {
    return of_this_window(values, policy, replay.schedule, index);
  };
  if (policy.mode == PeriodMode::exact)
    return ratio_of(sum_of(since(replay.errors.values)), sum_of(since(replay.events.values)));
  return mean_of(since(replay.ratios(policy.ratio_window.count())));
}

}  // namespace

double ratio_of_sums(const Replay& replay, std::size_t index, Tick window) {
  return ratio_of(sum_of(replay.errors.values, replay.schedule, index, window),
                  sum_of(replay.events.values, replay.schedule, index, window));
}

double period_ratio(const Replay& replay, const Policy& policy, std::size_t index) {
  if (policy.calendar) return calendar_ratio(replay, policy, index);
  const Tick period = policy.period.count();
  switch (policy.mode) {
    case PeriodMode::exact:
      return ratio_of_sums(replay, index, period);
    case PeriodMode::direct:
      return replay.whole.values[index];
    case PeriodMode::compatible:
      break;
  }
  return mean_of_ratios(replay.ratios(policy.ratio_window.count()), replay.schedule, index, period);
}

double mean_of_ratios(const std::vector<double>& ratios, const Schedule& schedule,
                      std::size_t index, Tick period) {
  const Sum sum = sum_of(ratios, schedule, index, period);
  return sum.count == 0 ? absent() : sum.value / static_cast<double>(sum.count);
}

}  // namespace nines::alert
