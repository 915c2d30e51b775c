// Years, days and zones that a document leaves out, carried from where it states them.
#include "ingest/document_time.hpp"

#include <algorithm>

namespace nines::ingest {
namespace {

using incident::StatedTime;
using incident::WrittenClock;
using incident::WrittenDate;

constexpr auto kNextDay = std::chrono::hours{6};

WrittenDate date_of(LocalTime local) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(local)};
  return {int{day.year()}, unsigned{day.month()}, unsigned{day.day()}};
}

LocalTime start_of(LocalTime local) { return std::chrono::floor<std::chrono::days>(local); }

}  // namespace

std::optional<Zone> zone_of_word(std::string_view word) {
  if (const auto minutes = incident::offset_of(word))
    return *minutes == 0 ? Zone::utc() : Zone::fixed(std::chrono::minutes{*minutes});
  if (const auto meant = incident::zone_meant(word)) return Zone::find(*meant);
  return word.find('/') == std::string_view::npos ? std::nullopt : Zone::find(word);
}

bool DocumentTime::state_zone(std::string_view word) {
  auto zone = zone_of_word(word);
  if (!zone) return false;
  stated_ = std::move(zone);
  stated_word_ = std::string(word);
  return true;
}

void DocumentTime::state_day(const WrittenDate& date) {
  day_ = date;
  if (date.year)
    year_ = date.year;
  else
    day_->year = year_of(date);
  last_.reset();
}

int DocumentTime::year_of(const WrittenDate& date) const {
  if (date.year) return *date.year;
  if (year_) return *year_;
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now_)};
  const bool later =
      std::chrono::month{date.month} > today.month() ||
      (std::chrono::month{date.month} == today.month() && std::chrono::day{date.day} > today.day());
  return int{today.year()} - (later ? 1 : 0);
}

std::optional<Instant> DocumentTime::instant_of(const WrittenDate& date, const WrittenClock& clock,
                                                const std::string& word, StatedTime& time,
                                                bool& odd) {
  const auto local = incident::local_time_of(date, clock, year_of(date));
  if (!local) return std::nullopt;
  auto zone = word.empty() ? stated_ : zone_of_word(word);
  if (!word.empty() && !zone) odd = true;
  if (!zone) {
    zone = zone_;
    assumed_ = true;
  }
  time.zone = word.empty() ? (stated_ ? stated_word_ : zone->name()) : word;
  last_ = *local;
  return zone->resolve(*local).first;
}

DocumentTime::Read DocumentTime::read(const incident::WrittenTime& written, std::string_view text) {
  Read read;
  auto& time = read.time;
  time.text = std::string(text);
  const auto clock = written.clock.value_or(WrittenClock{});
  WrittenDate date;
  if (written.date) {
    date = *written.date;
    if (!date.year) date.year = year_of(date);
    // A date that was written out is the day of the clock times after it.
    day_ = date;
  } else if (day_) {
    date = *day_;
    const auto local = incident::local_time_of(date, clock, year_of(date));
    if (local && last_ && *local + kNextDay <= *last_ && start_of(*last_) == start_of(*local)) {
      date = date_of(*local + std::chrono::days{1});
      day_ = date;
      read.inferred_day = true;
    }
  } else {
    read.no_day = true;
    time.precision = Precision::unknown;
    time.at = last_instant_.value_or(now_);
    return read;
  }
  const auto at = instant_of(date, clock, written.zone, time, read.odd_zone);
  if (!at) {
    time.precision = Precision::unknown;
    time.at = last_instant_.value_or(now_);
    return read;
  }
  time.at = *at;
  last_instant_ = *at;
  if (!written.clock) {  // a day: some time within it
    time.until = *at + std::chrono::hours{24} - Micros{1};
    time.precision = Precision::about;
  } else if (written.about) {
    time.precision = Precision::about;
  } else {
    time.precision = clock.second ? Precision::exact : Precision::minute;
  }
  return read;
}

StatedTime DocumentTime::unreadable(const WrittenDate& date, std::string_view text) {
  StatedTime time;
  time.text = std::string(text);
  time.precision = Precision::unknown;
  bool odd = false;
  const auto before = last_;
  const auto before_instant = last_instant_;
  time.at = instant_of(date, {}, {}, time, odd).value_or(now_);
  day_ = date;
  if (before && last_ && start_of(*before) == start_of(*last_) && before_instant)
    time.at = *before_instant;
  last_ = before;
  return time;
}

StatedTime DocumentTime::unknown(std::string_view text) {
  if (day_ && !last_instant_) return unreadable(*day_, text);
  StatedTime time;
  time.text = std::string(text);
  time.precision = Precision::unknown;
  time.at = last_instant_.value_or(now_);
  return time;
}

}  // namespace nines::ingest
