// The time column of a raw file: text to microseconds, with every way it can fail named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "ingest/time_layout.hpp"

namespace nines::ingest {

/// What to do with a local time that a clock shows twice.
enum class Ambiguous { refuse, earlier, later };

/// How the times of a source are written. Accepted instants are 1970 to 2199: outside of it the
/// unit is wrong.
struct TimeFormat {
  enum class Kind {
    epoch,    ///< a number of ticks since 1970, with an optional fraction
    rfc3339,  ///< offset required
    iso8601,  ///< as RFC 3339, but a text without offset is local time in `zone`
    clf,      ///< "17/May/2015:10:05:03 +0000", also in brackets
    layout,
  };

  Kind kind = Kind::rfc3339;
  std::int64_t ticks_per_second = 1;  ///< epoch: 1, 1'000, 1'000'000, 1'000'000'000
  std::optional<TimeLayout> layout;   ///< layout
  Zone zone = Zone::utc();            ///< of texts without an offset
  Ambiguous ambiguous = Ambiguous::refuse;
  /// The year rule of layouts without one: all times lie in `year`, or each time lies in the twelve
  /// months that end with the day `latest`. Neither depends on the lines before.
  std::optional<int> year;
  std::optional<Day> latest;
};

enum class TimeProblem : std::uint8_t {
  none,
  malformed,
  impossible_date,
  out_of_range,
  no_offset,
  gap,
  overlap
};

/// "is not a time in the stated format", for a reject line after the value in quotes.
std::string_view describe(TimeProblem problem);

/// Reads times one after another; remembers the last minute, since neighbours share it. Copy one
/// per thread.
class TimeParser {
 public:
  explicit TimeParser(TimeFormat format) : format_(std::move(format)) {}

  /// On success sets `micros` since the epoch, truncated to whole microseconds.
  TimeProblem parse(std::string_view text, std::int64_t& micros);

  const TimeFormat& format() const { return format_; }

 private:
  TimeProblem epoch(std::string_view text, std::int64_t& micros) const;
  TimeProblem clf(std::string_view text, std::int64_t& micros);
  TimeProblem iso(std::string_view text, std::int64_t& micros);
  TimeProblem instant_of(const TimeFields& fields, std::int64_t& micros);
  TimeProblem local_to_utc(std::int64_t local_seconds, std::int64_t& utc_seconds);
  bool cached(std::string_view prefix, std::string_view suffix) const;
  void remember(std::string_view prefix, std::string_view suffix, std::int64_t minute_micros);

  TimeFormat format_;
  // The text up to the minute and the text of the offset that gave `minute_micros_`.
  std::string prefix_;
  std::string suffix_;
  std::int64_t minute_micros_ = 0;
  // The local minute that was looked up last in the zone, and what must be added to it.
  std::int64_t zone_minute_ = INT64_MIN;
  std::int64_t zone_shift_seconds_ = 0;
};

}  // namespace nines::ingest
