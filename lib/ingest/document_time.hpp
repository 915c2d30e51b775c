// Times of a document as instants: its zone, its year, and the day that goes on from line to line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "domain/incident/stated_time.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::ingest {

/// Reads the times of one document one after the other. Clock times without a date belong to the
/// day of the line before; one that jumps back by six hours or more belongs to the day after.
class DocumentTime {
 public:
  /// `zone` is that of times that state none; `now` ends the twelve months that a date without a
  /// year belongs to when nothing in the document tells the year.
  DocumentTime(Zone zone, Instant now) : zone_(std::move(zone)), now_(now) {}

  /// The document says it for all its times. False when the word names no zone that is known.
  bool state_zone(std::string_view word);
  bool zone_stated() const { return stated_.has_value(); }
  std::string zone_name() const { return stated_word_; }
  /// Every time so far carried its own zone, or the document states one.
  bool all_stated() const { return !assumed_; }

  void state_year(int year) { year_ = year; }
  void state_day(const incident::WrittenDate& date);  ///< of a title, a heading, a file name
  bool has_day() const { return day_.has_value(); }

  struct Read {
    incident::StatedTime time;
    bool inferred_day = false;  ///< it was carried over midnight
    bool no_day = false;        ///< nothing tells the day: the time is not known
    bool odd_zone = false;      ///< the zone word means nothing that is known
  };
  /// `text` is what the time was read from: it is kept as written.
  Read read(const incident::WrittenTime& written, std::string_view text);
  /// A date whose clock time cannot be read: sorted to the entry before it on that day, else to the
  /// day's start; never claimed.
  incident::StatedTime unreadable(const incident::WrittenDate& date, std::string_view text);
  /// The same on the day that goes on.
  incident::StatedTime unknown(std::string_view text);

 private:
  std::optional<Instant> instant_of(const incident::WrittenDate& date,
                                    const incident::WrittenClock& clock, const std::string& word,
                                    incident::StatedTime& time, bool& odd);
  int year_of(const incident::WrittenDate& date) const;

  Zone zone_;
  Instant now_;
  std::optional<Zone> stated_;
  std::string stated_word_;
  bool assumed_ = false;
  std::optional<int> year_;
  std::optional<incident::WrittenDate> day_;
  std::optional<LocalTime> last_;  ///< local time of the entry before
  std::optional<Instant> last_instant_;
};

/// The zone that a word names on this day: "PST" is eight hours behind whatever the season, "PT"
/// and "US/Pacific" follow the calendar.
std::optional<Zone> zone_of_word(std::string_view word);

}  // namespace nines::ingest
