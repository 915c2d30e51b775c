// Evaluates the burn-rate rules of one SLO over scraped counters, as a Prometheus would.
#include "domain/alert/replay.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <set>

namespace nines::alert {

namespace {

constexpr std::uint64_t kStaleBits = 0x7ff0000000000002;

/// What the queries of one window answer.
struct Asked {
  Asked(const Scraped& of, Tick window)
      : scraped(of), part(of.part, window), total(of.total, window) {}

  std::optional<double> part_at(Tick at) {
    return scraped.as_increase ? part.increase(at) : part.at(at);
  }
  std::optional<double> total_at(Tick at) {
    return scraped.as_increase ? total.increase(at) : total.at(at);
  }
  /// Both sides of a division must have a sample; 0/0 is a NaN, and a value.
  double ratio_at(Tick at) {
    const auto counted = part_at(at);
    const auto all = total_at(at);
    if (!counted || !all) return absent();
    const double ratio = *counted / *all;
    return scraped.part_is_good ? 1 - ratio : ratio;
  }
  /// "(errors) or (total) * 0", the errors being total - good where good is what was asked for.
  double errors_at(Tick at) {
    const auto counted = part_at(at);
    const auto all = total_at(at);
    if (scraped.part_is_good && counted && all) return *all - *counted;
    if (!scraped.part_is_good && counted) return *counted;
    return all ? *all * 0 : absent();
  }

  const Scraped& scraped;
  Rate part;
  Rate total;
};

template <typename Value>
Recorded record(const Scraped& scraped, Tick window, const Schedule& schedule, Value value) {
  Recorded recorded{window, {}};
  recorded.values.reserve(schedule.count());
  Asked asked(scraped, window);
  for (std::size_t i = 0; i < schedule.count(); ++i)
    recorded.values.push_back(value(asked, schedule.at(i)));
  return recorded;
}

Recorded record_ratio(const Scraped& scraped, Tick window, const Schedule& schedule) {
  return record(scraped, window, schedule,
                [](Asked& asked, Tick at) { return asked.ratio_at(at); });
}

/// The events of a window, for the guard: a rate times the seconds, or the increase itself.
Recorded record_count(const Scraped& scraped, Tick window, const Schedule& schedule) {
  const double seconds = static_cast<double>(window) / 1000;
  return record(scraped, window, schedule, [&](Asked& asked, Tick at) {
    const auto total = asked.total_at(at);
    if (!total) return absent();
    return scraped.as_increase ? *total : *total * seconds;
  });
}

/// One condition, ready to be asked at every evaluation.
struct Test {
  const double* quick;  ///< the long window again where there is no short one
  const double* slow;
  const double* count;  ///< null without a guard
  double limit;
  double events;
  double errors;
  bool or_equal;

  bool holds(std::size_t i) const {
    // A comparison with any NaN is false, as it is in PromQL.
    const bool over =
        or_equal ? quick[i] >= limit && slow[i] >= limit : quick[i] > limit && slow[i] > limit;
    if (!over || count == nullptr) return over;
    return (events <= 0 || count[i] >= events) && (errors <= 0 || slow[i] * count[i] >= errors);
  }
};

/// The evaluations at which `holds` has held for so long.
template <typename Holds>
std::vector<Firing> held(const Schedule& schedule, Tick hold, Holds holds) {
  std::vector<Firing> firings;
  std::optional<Tick> since;
  for (std::size_t i = 0; i < schedule.count(); ++i) {
    if (!holds(i)) {
      since.reset();
      continue;
    }
    if (!since) since = schedule.at(i);
    if (schedule.at(i) - *since < hold) continue;
    if (!firings.empty() && firings.back().last + 1 == i)
      firings.back().last = i;
    else
      firings.push_back({i, i});
  }
  return firings;
}

const std::vector<double>& values_of(const std::vector<Recorded>& all, Tick window) {
  return std::find_if(all.begin(), all.end(), [&](const Recorded& r) { return r.window == window; })
      ->values;
}

std::vector<Firing> firings_of(const Alert& alert, const Replay& replay, const Policy& policy,
                               double budget) {
  std::vector<Test> tests;
  for (const Condition& c : alert.any_of) {
    const double* slow = replay.ratios(c.long_window.count()).data();
    const double* quick =
        c.short_window.count() > 0 ? replay.ratios(c.short_window.count()).data() : slow;
    const double* count = policy.low_traffic.asks()
                              ? values_of(replay.counts, c.long_window.count()).data()
                              : nullptr;
    tests.push_back({quick, slow, count, c.factor * budget,
                     static_cast<double>(policy.low_traffic.min_events),
                     static_cast<double>(policy.low_traffic.min_errors), c.or_equal});
  }
  return held(replay.schedule, alert.hold.count(), [&](std::size_t i) {
    return std::any_of(tests.begin(), tests.end(), [i](const Test& t) { return t.holds(i); });
  });
}

/// What was recorded in the period that ends with an evaluation, added up as sum_over_time does it
/// (Neumaier's compensation), and how many samples that were.
struct Sum {
  double value = 0;
  std::size_t count = 0;
};

Sum sum_of(const std::vector<double>& values, const Schedule& schedule, std::size_t index,
           Tick period) {
  const auto back = static_cast<std::size_t>(period / schedule.interval);
  double sum = 0;
  double compensation = 0;
  std::size_t count = 0;
  for (std::size_t i = index > back ? index - back : 0; i <= index; ++i) {
    const double value = values[i];
    if (is_absent(value)) continue;
    const double next = sum + value;
    compensation += std::abs(sum) >= std::abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
    ++count;
  }
  return {std::isinf(sum) ? sum : sum + compensation, count};
}

}  // namespace

std::size_t Schedule::count() const {
  return to < from ? 0 : static_cast<std::size_t>((to - from) / interval) + 1;
}

double absent() { return std::bit_cast<double>(kStaleBits); }
bool is_absent(double value) { return std::bit_cast<std::uint64_t>(value) == kStaleBits; }

const std::vector<double>& Replay::ratios(Tick window) const { return values_of(recorded, window); }

Replay replay(const Scraped& scraped, const Policy& policy, double budget,
              const Schedule& schedule) {
  std::set<Tick> windows;
  std::set<Tick> long_windows;
  if (policy.ratio_window.count() > 0) windows.insert(policy.ratio_window.count());
  for (const Alert& alert : policy.alerts) {
    for (const Condition& c : alert.any_of) {
      windows.insert(c.long_window.count());
      long_windows.insert(c.long_window.count());
      if (c.short_window.count() > 0) windows.insert(c.short_window.count());
    }
  }
  Replay replay;
  replay.schedule = schedule;
  for (const Tick window : windows)
    replay.recorded.push_back(record_ratio(scraped, window, schedule));
  if (policy.low_traffic.asks()) {
    for (const Tick window : long_windows)
      replay.counts.push_back(record_count(scraped, window, schedule));
  }
  if (policy.mode == PeriodMode::exact) {
    const Tick window = policy.ratio_window.count();
    replay.errors = record(scraped, window, schedule,
                           [](Asked& asked, Tick at) { return asked.errors_at(at); });
    replay.events = record(scraped, window, schedule, [](Asked& asked, Tick at) {
      return asked.total_at(at).value_or(absent());
    });
  }
  if (policy.mode == PeriodMode::direct)
    replay.whole = record_ratio(scraped, policy.period.count(), schedule);
  for (const Alert& alert : policy.alerts)
    replay.firings.push_back(firings_of(alert, replay, policy, budget));
  if (policy.absent_after && policy.ratio_window.count() > 0) {
    const auto& shortest = replay.ratios(policy.ratio_window.count());
    replay.firings.push_back(held(schedule, policy.absent_after->count(),
                                  [&](std::size_t i) { return is_absent(shortest[i]); }));
  }
  return replay;
}

double period_ratio(const Replay& replay, const Policy& policy, std::size_t index) {
  const Tick period = policy.period.count();
  switch (policy.mode) {
    case PeriodMode::exact: {
      const Sum errors = sum_of(replay.errors.values, replay.schedule, index, period);
      const Sum events = sum_of(replay.events.values, replay.schedule, index, period);
      return errors.count > 0 && events.count > 0 && events.value > 0 ? errors.value / events.value
                                                                      : absent();
    }
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
