// Order statistics of durations.
#include "domain/governance/median.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/stats.hpp"
#include "base/text.hpp"

namespace nines::governance {
namespace {

constexpr double kEachTail = 0.025;
constexpr std::size_t kFewSpans = 10;

/// The largest rank r (from 1) with P(X < r) <= 2.5 % for X binomial (n, 1/2): 0 when there is
/// none.
std::size_t lower_rank(std::size_t n) {
  std::size_t rank = 0;
  while (rank < n && stats::binomial_at_most(rank, n, 0.5) <= kEachTail) ++rank;
  return rank;
}

std::vector<TimedSpan> sorted(std::vector<TimedSpan> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const TimedSpan& a, const TimedSpan& b) {
    return std::pair(a.length, a.over ? 0 : 1) < std::pair(b.length, b.over ? 0 : 1);
  });
  return spans;
}

/// What is over, ascending, then what still runs: where upper ends are looked up.
std::vector<TimedSpan> running_last(std::vector<TimedSpan> spans) {
  std::stable_partition(spans.begin(), spans.end(), [](const TimedSpan& one) { return one.over; });
  return spans;
}

std::string span_text(const TimedSpan& span) {
  return (span.over ? "" : "over ") + format_duration(span.length);
}

}  // namespace

MedianSpan median_of(std::vector<TimedSpan> given) {
  MedianSpan found;
  found.n = given.size();
  if (given.empty()) return found;
  const auto spans = sorted(std::move(given));
  const auto upper = running_last(spans);
  found.running = static_cast<std::size_t>(
      std::count_if(spans.begin(), spans.end(), [](const TimedSpan& one) { return !one.over; }));
  const auto middle = (found.n - 1) / 2;
  // A running one before the middle could be longer: then the median is no less than this.
  found.median = spans[middle].length;
  found.at_least = !upper[middle].over || upper[middle].length != spans[middle].length;
  if (const auto rank = lower_rank(found.n); rank > 0) {
    found.low = spans[rank - 1].length;
    const auto& high = upper[found.n - rank];
    if (high.over) found.high = high.length;
  }
  if (found.n >= kFewSpans) {
    const auto& tail = upper[(found.n * 9 + 9) / 10 - 1];
    if (tail.over) found.p90 = tail.length;
  }
  return found;
}

std::string describe(const std::vector<TimedSpan>& spans) {
  const auto found = median_of(spans);
  if (!found.median) return "no value";
  auto text = (found.at_least ? "at least " : "") + format_duration(*found.median) + " (";
  if (found.has_interval())
    text += fmt::format("95 % {} to {}, ", format_duration(*found.low),
                        found.high ? format_duration(*found.high) : "no limit");
  if (found.n >= kFewSpans) {
    text += found.p90 ? fmt::format("90th percentile {}, ", format_duration(*found.p90))
                      : "90th percentile still running, ";
    text += fmt::format("n = {}", found.n);
    if (found.running > 0) text += fmt::format(", {} still running", found.running);
    return text + ")";
  }
  std::vector<std::string> all;
  for (const auto& one : sorted(spans)) all.push_back(span_text(one));
  return text +
         fmt::format("n = {}{}: ", found.n,
                     found.has_interval() ? "" : ", too few for an interval") +
         join(all, ", ") + ")";
}

}  // namespace nines::governance
