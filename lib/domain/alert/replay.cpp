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

/// Whether the exception holds now, or held at a step of the window before; asked at ascending
/// instants.
class Excepted {
 public:
  Excepted(const Scraped& scraped, const Schedule& schedule, Tick window = 0)
      : spans_(scraped.excepted),
        window_(window),
        step_(exception_step(Millis(window)).count()),
        origin_(schedule.origin * 1000) {}

  bool at(Tick instant) {
    while (next_ < spans_.size() && spans_[next_].to <= instant - window_) ++next_;
    for (std::size_t i = next_; i < spans_.size() && spans_[i].from <= instant; ++i) {
      if (window_ == 0) return spans_[i].holds(instant);
      // Steps stand at whole multiples since the epoch.
      const Tick first = origin_ + std::max(spans_[i].from, instant - window_);
      const Tick past = (first % step_ + step_) % step_;
      const Tick step = first - origin_ + (past == 0 ? 0 : step_ - past);
      if (step <= instant && step < spans_[i].to) return true;
    }
    return false;
  }

 private:
  const std::vector<Span>& spans_;
  Tick window_;
  Tick step_;
  Tick origin_;
  std::size_t next_ = 0;
};

/// What a window holds that is not to count is not recorded.
void leave_out(Recorded& recorded, const Scraped& scraped, const Schedule& schedule) {
  if (scraped.excepted.empty()) return;
  Excepted excepted(scraped, schedule, recorded.window);
  for (std::size_t i = 0; i < recorded.values.size(); ++i) {
    if (excepted.at(schedule.at(i))) recorded.values[i] = absent();
  }
}

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
  Excepted excepted;  ///< over the window that decides when it ends

  bool holds(std::size_t i, Tick at) {
    if (excepted.at(at)) return false;
    // A comparison with any NaN is false, as it is in PromQL.
    const bool over =
        or_equal ? quick[i] >= limit && slow[i] >= limit : quick[i] > limit && slow[i] > limit;
    if (!over || count == nullptr) return over;
    return (events <= 0 || count[i] >= events) && (errors <= 0 || slow[i] * count[i] >= errors);
  }
};

/// The evaluations at which `holds` has held for so long, outside of what is excepted.
template <typename Holds>
std::vector<Firing> held(const Schedule& schedule, Excepted excepted, Tick hold, Holds holds) {
  std::vector<Firing> firings;
  std::optional<Tick> since;
  for (std::size_t i = 0; i < schedule.count(); ++i) {
    if (excepted.at(schedule.at(i)) || !holds(i)) {
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

std::vector<Firing> firings_of(const Alert& alert, const Scraped& scraped, const Replay& replay,
                               const Policy& policy, double budget) {
  std::vector<Test> tests;
  for (const Condition& c : alert.any_of) {
    const double* slow = replay.ratios(c.long_window.count()).data();
    const double* quick =
        c.short_window.count() > 0 ? replay.ratios(c.short_window.count()).data() : slow;
    const double* count = policy.low_traffic.asks()
                              ? values_of(replay.counts, c.long_window.count()).data()
                              : nullptr;
    tests.push_back(
        {quick, slow, count, c.factor * budget, static_cast<double>(policy.low_traffic.min_events),
         static_cast<double>(policy.low_traffic.min_errors), c.or_equal,
         Excepted(scraped, replay.schedule,
                  (c.short_window.count() > 0 ? c.short_window : c.long_window).count())});
  }
  const Excepted now(scraped, replay.schedule);
  return held(replay.schedule, now, alert.hold.count(), [&](std::size_t i) {
    return std::any_of(tests.begin(), tests.end(),
                       [&](Test& test) { return test.holds(i, replay.schedule.at(i)); });
  });
}

/// An error ratio over a window from the recorded sums of a shorter one.
Recorded chained_ratio(const Replay& replay, Tick window) {
  Recorded recorded{window, {}};
  recorded.values.reserve(replay.schedule.count());
  for (std::size_t i = 0; i < replay.schedule.count(); ++i) {
    recorded.values.push_back(ratio_of_sums(replay, i, window));
  }
  return recorded;
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
    leave_out(replay.errors, scraped, schedule);
    leave_out(replay.events, scraped, schedule);
  }
  for (const Tick window : windows) {
    const bool chained = policy.chained && window >= kChainedFrom.count();
    replay.recorded.push_back(chained ? chained_ratio(replay, window)
                                      : record_ratio(scraped, window, schedule));
    if (policy.mode != PeriodMode::exact && window == policy.ratio_window.count())
      leave_out(replay.recorded.back(), scraped, schedule);
  }
  if (policy.mode == PeriodMode::direct)
    replay.whole = record_ratio(scraped, policy.period.count(), schedule);
  for (const Alert& alert : policy.alerts)
    replay.firings.push_back(firings_of(alert, scraped, replay, policy, budget));
  if (policy.absent_after && policy.ratio_window.count() > 0) {
    const auto& shortest = replay.ratios(policy.ratio_window.count());
    const Excepted lately(scraped, schedule, policy.ratio_window.count());
    replay.firings.push_back(held(schedule, lately, policy.absent_after->count(),
                                  [&](std::size_t i) { return is_absent(shortest[i]); }));
  }
  return replay;
}

}  // namespace nines::alert
