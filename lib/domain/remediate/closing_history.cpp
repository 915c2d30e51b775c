// Counts what was closed, and weighs the queue against it.
#include "domain/remediate/closing_history.hpp"

#include <algorithm>
#include <cmath>

namespace nines::remediate {
namespace {

double weeks_in(Micros time) {
  return std::chrono::duration<double, std::chrono::weeks::period>(time).count();
}

Micros median_of(std::vector<Micros> times) {
  std::sort(times.begin(), times.end());
  const auto half = times.size() / 2;
  return times.size() % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2;
}

}  // namespace

std::optional<ClosingHistory> closing_history(const std::vector<Action>& actions,
                                              std::string_view team, Instant now) {
  std::optional<Instant> first;
  ClosingHistory found;
  std::vector<Micros> times;
  const auto since = now - Micros{kClosingWindow};
  for (const auto& action : actions) {
    if (action.text(field::kTeam) != team || action.at > now) continue;
    first = first ? std::min(*first, action.at) : action.at;
    if (!action.closed()) ++found.waiting;
    if (action.state != ActionState::done || !action.closed_at) continue;
    if (*action.closed_at < since || *action.closed_at > now) continue;
    ++found.done;
    times.push_back(*action.closed_at - action.at);
  }
  if (!first) return std::nullopt;
  found.weeks = weeks_in(now - std::max(*first, since));
  if (found.weeks > 0) {
    const auto count = stats::poisson_mean(found.done);
    found.per_week = {count.low / found.weeks, count.high / found.weeks};
  }
  if (!times.empty()) found.median = median_of(std::move(times));
  return found;
}

std::optional<double> chance_within(const ClosingHistory& history, Micros time) {
  if (history.weeks <= 0) return std::nullopt;
  if (history.waiting == 0) return 1.0;
  const double ahead = weeks_in(time);
  if (ahead <= 0) return 0.0;
  // The predictive count is negative binomial: r = done + 1/2, p = weeks / (weeks + ahead).
  const double r = static_cast<double>(history.done) + 0.5;
  const double p = history.weeks / (history.weeks + ahead);
  double term = std::pow(p, r), below = 0;
  for (std::uint64_t k = 0; k < history.waiting; ++k) {
    below += term;
    const auto n = static_cast<double>(k);
    term *= (r + n) / (n + 1) * (1 - p);
  }
  return std::clamp(1 - below, 0.0, 1.0);
}

}  // namespace nines::remediate
