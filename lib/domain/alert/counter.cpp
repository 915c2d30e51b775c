// A counter as a scraper kept it, and its rate over a window as Prometheus computes it.
#include "domain/alert/counter.hpp"

namespace nines::alert {

void Counter::add(Tick at, double value) {
  double lost = lost_.empty() ? 0 : lost_.back();
  if (!value_.empty() && value < value_.back()) lost += value_.back();
  at_.push_back(at);
  value_.push_back(value);
  lost_.push_back(lost);
}

std::optional<double> Rate::at(Tick instant) {
  return stretched(instant, static_cast<double>(window_) / 1000);
}

std::optional<double> Rate::increase(Tick instant) { return stretched(instant, 1); }

std::optional<double> Rate::stretched(Tick instant, double per) {
  const Counter& c = *counter_;
  const Tick start = instant - window_;
  while (past_ < c.size() && c.at(past_) <= instant) ++past_;
  while (first_ < past_ && c.at(first_) < start) ++first_;
  if (past_ - first_ < 2) return std::nullopt;
  const std::size_t last = past_ - 1;
  // The order of the operations is that of Prometheus: the last bit decides at a threshold.
  const double increase = c.climb(last) - c.climb(first_);
  double to_start = static_cast<double>(c.at(first_) - start) / 1000;
  const double to_end = static_cast<double>(instant - c.at(last)) / 1000;
  const double sampled = static_cast<double>(c.at(last) - c.at(first_)) / 1000;
  const double between = sampled / static_cast<double>(last - first_);
  if (increase > 0 && c.value(first_) >= 0) {
    const double to_zero = sampled * (c.value(first_) / increase);
    if (to_zero < to_start) to_start = to_zero;
  }
  const double near = between * 1.1;
  double length = sampled;
  length += to_start < near ? to_start : between / 2;
  length += to_end < near ? to_end : between / 2;
  double factor = length / sampled;
  factor /= per;
  return increase * factor;
}

}  // namespace nines::alert
