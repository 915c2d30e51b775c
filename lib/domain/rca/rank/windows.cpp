// A guard before the onset, and a baseline long enough to be asked.
#include "domain/rca/rank/windows.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace nines::rca {

ComparedWindows choose_windows(const WindowQuestion& question) {
  const auto on_minute = [](Instant at) { return from_epoch_minute(epoch_minute(at)); };
  ComparedWindows windows;
  windows.incident.from = on_minute(question.onset);
  const auto last = question.ended ? std::min(*question.ended, question.known_until)
                                   : question.known_until;
  const auto end = std::clamp(last, question.onset + kShortestIncident,
                              question.onset + kLongestIncident);
  windows.incident.to = on_minute(end + std::chrono::minutes{1} - Micros{1});
  const auto guard = question.onset_known ? kGuard : kUnknownGuard;
  windows.normal.to = on_minute(question.onset - question.uncertainty - guard);
  const auto length = windows.incident.to - windows.incident.from;
  const auto normal = question.normal.value_or(
      std::clamp(length * kNormalLengths, kShortestNormal, kLongestNormal));
  windows.normal.from = on_minute(windows.normal.to - normal);
  const bool cut = last > question.onset + kLongestIncident;
  windows.because = fmt::format(
      "normal is {} that end {} before the onset{}; the incident is {} from it{}",
      format_duration(windows.normal.to - windows.normal.from),
      format_duration(windows.incident.from - windows.normal.to),
      question.onset_known ? "" : ", which only the declaration tells", format_duration(length),
      cut ? ", no longer than this: later it spreads and is worked on" : "");
  return windows;
}

}  // namespace nines::rca
