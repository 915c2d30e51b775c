// A counter as a scraper kept it, and its rate over a window as Prometheus computes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nines::alert {

/// Milliseconds: of a length, or of an instant from any beginning the caller chooses.
using Tick = std::int64_t;

/// Samples in ascending time. A scrape that failed leaves none; a counter that began anew falls.
class Counter {
 public:
  /// `at` must be above that of the last sample.
  void add(Tick at, double value);

  std::size_t size() const { return at_.size(); }
  bool empty() const { return at_.empty(); }
  Tick at(std::size_t index) const { return at_[index]; }
  double value(std::size_t index) const { return value_[index]; }
  /// The value with the falls taken out: what was lost by each restart is added back. Differences
  /// are exact while the counts are whole numbers below 2^53.
  double climb(std::size_t index) const { return value_[index] + lost_[index]; }

 private:
  std::vector<Tick> at_;
  std::vector<double> value_;
  std::vector<double> lost_;
};

/// rate(counter[window]), asked at ascending instants; constant work per answer.
///
/// As extrapolatedRate of Prometheus 2.42 does it: samples from `at - window` to `at`, both
/// inclusive; fewer than two give no answer; the increase is stretched to the ends of the window,
/// or by half a mean interval where the nearest sample is more than 1.1 intervals away, and never
/// below a count of zero. Prometheus 3 leaves out a sample exactly at `at - window`.
class Rate {
 public:
  Rate(const Counter& counter, Tick window) : counter_(&counter), window_(window) {}
  std::optional<double> at(Tick instant);
  /// increase(counter[window]) at the same instants: the rate before it is divided by the window.
  std::optional<double> increase(Tick instant);

 private:
  std::optional<double> stretched(Tick instant, double per);

  const Counter* counter_;
  Tick window_;
  std::size_t first_ = 0;
  std::size_t past_ = 0;
};

}  // namespace nines::alert
