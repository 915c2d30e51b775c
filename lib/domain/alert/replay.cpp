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

/// Both sides of a division must have a sample; 0/0 is a NaN, and a value.
double ratio_of(const Scraped& scraped, Rate& part, Rate& total, Tick at) {
  const auto counted = part.at(at);
  const auto all = total.at(at);
  if (!counted || !all) return absent();
  const double ratio = *counted / *all;
  return scraped.part_is_good ? 1 - ratio : ratio;
}

Recorded record(const Scraped& scraped, Tick window, const Schedule& schedule) {
  Recorded recorded{window, {}};
  recorded.values.reserve(schedule.count());
  Rate part(scraped.part, window);
  Rate total(scraped.total, window);
  for (std::size_t i = 0; i < schedule.count(); ++i)
    recorded.values.push_back(ratio_of(scraped, part, total, schedule.at(i)));
  return recorded;
}

/// One condition, ready to be asked at every evaluation.
struct Test {
  const double* quick;  ///< the long window again where there is no short one
  const double* slow;
  double limit;
  bool or_equal;

  bool holds(std::size_t i) const {
    // A comparison with any NaN is false, as it is in PromQL.
    return or_equal ? quick[i] >= limit && slow[i] >= limit : quick[i] > limit && slow[i] > limit;
  }
};

std::vector<Firing> firings_of(const Alert& alert, const Replay& replay, double budget) {
  std::vector<Test> tests;
  for (const Condition& c : alert.any_of) {
    const double* slow = replay.ratios(c.long_window.count()).data();
    const double* quick =
        c.short_window.count() > 0 ? replay.ratios(c.short_window.count()).data() : slow;
    tests.push_back({quick, slow, c.factor * budget, c.or_equal});
  }
  const Schedule& schedule = replay.schedule;
  std::vector<Firing> firings;
  std::optional<Tick> since;
  for (std::size_t i = 0; i < schedule.count(); ++i) {
    if (std::none_of(tests.begin(), tests.end(), [i](const Test& t) { return t.holds(i); })) {
      since.reset();
      continue;
    }
    if (!since) since = schedule.at(i);
    if (schedule.at(i) - *since < alert.hold.count()) continue;
    if (!firings.empty() && firings.back().last + 1 == i)
      firings.back().last = i;
    else
      firings.push_back({i, i});
  }
  return firings;
}

}  // namespace

std::size_t Schedule::count() const {
  return to < from ? 0 : static_cast<std::size_t>((to - from) / interval) + 1;
}

double absent() { return std::bit_cast<double>(kStaleBits); }
bool is_absent(double value) { return std::bit_cast<std::uint64_t>(value) == kStaleBits; }

const std::vector<double>& Replay::ratios(Tick window) const {
  return std::find_if(recorded.begin(), recorded.end(),
                      [&](const Recorded& r) { return r.window == window; })
      ->values;
}

Replay replay(const Scraped& scraped, const Policy& policy, double budget,
              const Schedule& schedule) {
  std::set<Tick> windows;
  for (const Alert& alert : policy.alerts) {
    for (const Condition& c : alert.any_of) {
      windows.insert(c.long_window.count());
      if (c.short_window.count() > 0) windows.insert(c.short_window.count());
    }
  }
  Replay replay{schedule, {}, {}};
  for (const Tick window : windows) replay.recorded.push_back(record(scraped, window, schedule));
  for (const Alert& alert : policy.alerts)
    replay.firings.push_back(firings_of(alert, replay, budget));
  return replay;
}

double mean_of_ratios(const std::vector<double>& ratios, const Schedule& schedule,
                      std::size_t index, Tick period) {
  const auto back = static_cast<std::size_t>(period / schedule.interval);
  double sum = 0;
  double compensation = 0;  // Neumaier's, as sum_over_time has it
  std::size_t count = 0;
  for (std::size_t i = index > back ? index - back : 0; i <= index; ++i) {
    const double value = ratios[i];
    if (is_absent(value)) continue;
    const double next = sum + value;
    compensation += std::abs(sum) >= std::abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
    ++count;
  }
  if (count == 0) return absent();
  return (std::isinf(sum) ? sum : sum + compensation) / static_cast<double>(count);
}

}  // namespace nines::alert
