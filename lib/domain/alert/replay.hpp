// Evaluates the burn-rate rules of one SLO over scraped counters, as a Prometheus would.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/alert/counter.hpp"
#include "domain/alert/policy.hpp"

namespace nines::alert {

/// What the error ratio is made of. `good` is for indicators that count what went well: the rules
/// then record 1 - good / total, which can differ from bad / total in the last bit.
struct Scraped {
  Counter part;  ///< bad events, or good ones
  Counter total;
  bool part_is_good = false;
};

/// When the rules are evaluated: from, from + interval, ... up to `to`, inclusive.
struct Schedule {
  Tick from = 0;
  Tick to = 0;
  Tick interval = 60'000;

  std::size_t count() const;
  Tick at(std::size_t index) const { return from + static_cast<Tick>(index) * interval; }
};

/// A recording rule without a result leaves a stale marker, which is a NaN of its own. The other
/// NaN, 0/0, is a value: it is over no limit, and spoils every sum it is in.
double absent();
bool is_absent(double value);

/// One recorded error ratio, a value per evaluation.
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
  std::vector<Recorded> recorded;            ///< each window of the policy once, ascending
  std::vector<std::vector<Firing>> firings;  ///< per alert of the policy, ascending

  const std::vector<double>& ratios(Tick window) const;  ///< of a window of the policy
};

/// Recording rules are evaluated before the alerts of the same instant, so that an alert sees what
/// was recorded at that instant or nothing; a server whose groups are spread over the interval is
/// up to one interval later. `budget` is 1 - target, as the alert's text has it. Costs one answer
/// per window and evaluation, whatever the windows.
Replay replay(const Scraped& scraped, const Policy& policy, double budget,
              const Schedule& schedule);

/// The ratio over the period as the compatible rules have it: the mean of the ratios recorded over
/// one short window, from at - period to at, both inclusive.
/// Every recorded ratio weighs the same whatever the traffic. Absent without any sample.
double mean_of_ratios(const std::vector<double>& ratios, const Schedule& schedule,
                      std::size_t index, Tick period);

}  // namespace nines::alert
