// One line of a written timeline taken apart: its time, and the text that goes with it.
#pragma once

#include <optional>
#include <string_view>

#include "domain/incident/written_time.hpp"

namespace nines::ingest {

/// Views lie inside the line.
struct TimelineLine {
  incident::WrittenTime time;  ///< without clock and date where it cannot be read
  std::optional<incident::WrittenTime> until = {};
  std::string_view written;  ///< the time as it stands there
  std::string_view text;     ///< byte for byte
  bool unreadable = false;   ///< "11.50", "1600", "(Time TBC)" stands for the clock time
  bool label = false;        ///< the text names what came to pass: "First detected"
};

/// "16:58 UTC - text", "**2026-11-23 09:14**: text", "[09:14] text", "10:00 -- 10:15 | text".
/// `bare` allows a clock time that cannot be read without a date before it.
std::optional<TimelineLine> leading_time_line(std::string_view line, bool bare = false);
/// "First detected: 2026-11-23 09:14": a short label, then a time that ends the line.
std::optional<TimelineLine> labelled_time_line(std::string_view line);

/// "**Time to repair**: 5h 8m": the label and the value without their emphasis.
struct LabelledValue {
  std::string_view label;
  std::string_view value;
};
std::optional<LabelledValue> labelled_duration(std::string_view line);

/// Without the asterisks, underscores and quotes of Markdown around it.
std::string_view without_emphasis(std::string_view text);

}  // namespace nines::ingest
