// Evaluates the burn-rate rules of one SLO over scraped counters, as a Prometheus would.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/alert/counter.hpp"
#include "domain/alert/policy.hpp"

namespace nines::alert {

/// [from, to)
struct Span {
  Tick from = 0;
  Tick to = 0;

  bool holds(Tick at) const { return from <= at && at < to; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// What the error ratio is made of. `part_is_good` is for indicators that count what went well: the
/// rules then record 1 - good / total, which can differ from bad / total in the last bit.
struct Scraped {
  Counter part;  ///< bad events, or good ones
  Counter total;
  bool part_is_good = false;
  bool as_increase = false;  ///< the queries are written with increase() in place of rate()
  /// While what the rules except holds, such as maintenance, no alert holds; nor while it is in the
  /// window that an alert ends by. Nothing is recorded of windows with it that a period is made of.
  /// Ascending, apart from one another.
  std::vector<Span> excepted = {};
};

/// When the rules are evaluated: from, from + interval, ... up to `to`, inclusive.
struct Schedule {
  Tick from = 0;
  Tick to = 0;
  Tick interval = 60'000;
  /// Tick 0 in seconds since the epoch; only calendar windows ask for it.
  std::int64_t origin = 0;

  std::size_t count() const;
  Tick at(std::size_t index) const { return from + static_cast<Tick>(index) * interval; }
};

/// A recording rule without a result leaves a stale marker, which is a NaN of its own. The other
/// NaN, 0/0, is a value: it is over no limit, and spoils every sum it is in.
double absent();
bool is_absent(double value);

/// What one recording rule recorded over one window, a value per evaluation.
struct Recorded {
  Tick window = 0;
  std::vector<double> values;
};

/// Evaluations [first, last] at which an alert fired without a break.
struct Firing {
  std::size_t first = 0;
  std::size_t last = 0;

  friend bool operator==(const Firing&, const Firing&) = default;
};

struct Replay {
  Schedule schedule;
  std::vector<Recorded> recorded;  ///< error ratios: each window of the policy once, ascending
  std::vector<Recorded> counts;    ///< events in each long window; only with a low-traffic guard
  Recorded errors;                 ///< exact mode: errors over the ratio window, 0 without a series
  Recorded events;                 ///< exact mode: all events over it
  Recorded whole;                  ///< direct mode: the error ratio over the period
  /// Per alert of the policy, ascending; then those of absent data, if the policy watches for that.
  std::vector<std::vector<Firing>> firings;

  const std::vector<double>& ratios(Tick window) const;  ///< of a window of the policy
};

/// Recording rules are evaluated before the alerts of the same instant, so that an alert sees what
/// was recorded at that instant or nothing; a server whose groups are spread over the interval is
/// up to one interval later. `budget` is 1 - target, as the alert's text has it. Costs one answer
/// per window and evaluation, whatever the windows.
Replay replay(const Scraped& scraped, const Policy& policy, double budget,
              const Schedule& schedule);

/// The error ratio over the period as the rules of the policy's mode record it, over what was
/// recorded from at - period to at, both inclusive, or since the calendar window began. Absent
/// without any sample; of sums also without any event. In compatible mode every recorded ratio
/// weighs the same whatever the traffic.
double period_ratio(const Replay& replay, const Policy& policy, std::size_t index);

/// Exact mode: errors by events over the window before an evaluation; absent without any.
double ratio_of_sums(const Replay& replay, std::size_t index, Tick window);

/// The mean that the compatible rules record, of the ratios of one window.
double mean_of_ratios(const std::vector<double>& ratios, const Schedule& schedule,
                      std::size_t index, Tick period);

}  // namespace nines::alert
