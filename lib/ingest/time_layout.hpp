// Layouts of times such as "%d/%b/%Y %H:%M:%S": checked once, then read at speed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::ingest {

/// What a text says before any calendar or zone is consulted.
struct TimeFields {
  int year = -1;  ///< -1 = the text has none
  int month = 1;
  int day = 1;
  int day_of_year = 0;  ///< 0 = given by month and day
  int hour = 0;
  int minute = 0;
  int second = 0;  ///< 60 is a leap second
  std::int64_t micros = 0;
  bool has_offset = false;
  int offset_seconds = 0;  ///< east of UTC
  bool has_epoch = false;
  std::int64_t epoch_seconds = 0;
};

/// Conversions: %Y %y %m %b %B %d %e %j %H %I %p %M %S %f (fraction of a second, 1 to 9 digits)
/// %L (milliseconds as a number) %z (+0100, +01:00, Z) %Z (UTC, GMT, Z) %a %A %s %F %T %D %R %%.
/// Blanks in the layout match one or more blanks; numbers may lack leading zeros, except %Y.
/// English names of months and days, in any case.
class TimeLayout {
 public:
  struct Compiled;
  /// Never fails silently: either a layout or what is wrong with the text.
  static Compiled compile(std::string_view text);

  /// True when the whole of `text` matches; ranges of single fields are checked, dates are not.
  bool read(std::string_view text, TimeFields& fields) const;

  bool has_year() const { return has_year_; }
  bool has_zone() const { return has_zone_; }  ///< an offset, a zone name or epoch seconds

 private:
  enum class Op : std::uint8_t {
    literal,
    blanks,
    year,
    short_year,
    month,
    month_name,
    day,
    day_of_year,
    hour,
    hour12,
    half,
    minute,
    second,
    fraction,
    millis,
    offset,
    zone,
    weekday,
    epoch
  };
  struct Step {
    Op op = Op::literal;
    char c = 0;
  };
  struct Cursor;

  static std::optional<Step> conversion(char c);
  std::string missing_part() const;
  bool has(Op op) const;

  std::vector<Step> steps_;
  bool has_year_ = false;
  bool has_zone_ = false;
};

struct TimeLayout::Compiled {
  std::optional<TimeLayout> layout;
  std::string error;  ///< lower case, no full stop; meaningful only without a layout
};

}  // namespace nines::ingest
