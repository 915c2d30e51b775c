// Durations that a record states, and the spans of its own times that they may mean.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/written_duration.hpp"

namespace nines::incident::rules {

/// A fact "stated.time_to_repair" taken apart.
struct StatedDuration {
  std::string label;  ///< "time to repair"
  std::string value;  ///< as written
  WrittenDuration duration;
  int line = 0;
};

/// Where the duration may begin and end, and whether the end it names is known at all.
struct PossibleSpan {
  Point from, to;
  Micros length() const { return to.when.at - from.when.at; }
};

std::vector<StatedDuration> stated_in(const Record& record);

/// The milestone that a duration with such a label ends at; empty: of the whole.
std::string_view end_of(const std::string& label);
bool ends_harm(std::string_view milestone);

/// Where the figure may count from. Without a word for the beginning the first line is it; nobody
/// counts the time to detect from what came after.
std::vector<Point> bases_for(const Subject& subject, std::string_view end);
std::vector<Point> ends_for(const Subject& subject, std::string_view end);

/// Those that run forward, where any does: a declaration after the end measures nothing.
std::vector<PossibleSpan> spans_between(const std::vector<Point>& from,
                                        const std::vector<Point>& to);

/// The span whose length, as `measure` sees it, is nearest to what was stated.
template <class Measure>
const PossibleSpan& nearest(const std::vector<PossibleSpan>& spans, Micros stated,
                            Measure measure) {
  return *std::min_element(
      spans.begin(), spans.end(), [&](const PossibleSpan& a, const PossibleSpan& b) {
        return std::chrono::abs(measure(a) - stated) < std::chrono::abs(measure(b) - stated);
      });
}

}  // namespace nines::incident::rules
