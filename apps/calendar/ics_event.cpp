// Reads the properties of a VEVENT; what RFC 5545 leaves open is read as calendars write it.
#include "calendar/ics_event.hpp"

#include "base/text.hpp"

namespace nines::calendar {
namespace {

using std::chrono::days;
using std::chrono::floor;

/// A longer absence is no holiday but a mistake in a year.
constexpr days kLongest{1100};

std::string plain(const char* text) {
  std::string line = text == nullptr ? "" : text;
  for (auto& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return fit_width(trim(line), 100);
}

icalproperty* first(icalcomponent* part, icalproperty_kind kind) {
  return icalcomponent_get_first_property(part, kind);
}

const Unplaced kBadTime{"one of its times is none", "mend it, or leave the event out"};

class Reader {
 public:
  Reader(IcsZones& zones, IcsEvent& event) : zones_(zones), event_(event) {}

  std::optional<Unplaced> read() {
    read_names();
    if (event_.cancelled && first(event_.part, ICAL_RECURRENCEID_PROPERTY) == nullptr)
      return std::nullopt;
    if (auto* wrong = first(event_.part, ICAL_XLICERROR_PROPERTY); wrong != nullptr)
      return Unplaced{"it cannot be read: " + plain(icalproperty_get_xlicerror(wrong)),
                      "mend it, or leave the event out"};
    const bool read = read_start() && read_instead_of() &&
                      (event_.cancelled || (read_length() && read_more() && read_without()));
    if (!read) return why_;
    return std::nullopt;
  }

 private:
  bool fail(Unplaced why) {
    why_ = std::move(why);
    return false;
  }

  void read_names() {
    auto* part = event_.part;
    if (auto* uid = first(part, ICAL_UID_PROPERTY); uid != nullptr)
      event_.uid = plain(icalproperty_get_uid(uid));
    if (auto* summary = first(part, ICAL_SUMMARY_PROPERTY); summary != nullptr)
      event_.name = plain(icalproperty_get_summary(summary));
    if (auto* status = first(part, ICAL_STATUS_PROPERTY); status != nullptr)
      event_.cancelled = icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
  }

  bool read_start() {
    auto* property = first(event_.part, ICAL_DTSTART_PROPERTY);
    if (property == nullptr) return fail({"it does not say when it begins", "add DTSTART"});
    const auto time = icalproperty_get_dtstart(property);
    if (!is_sane(time)) return fail(kBadTime);
    event_.whole_day = time.is_date != 0;
    event_.start = wall_time(time);
    if (event_.whole_day) return true;
    const auto* zone = zones_.zone_of(property, time, why_);
    if (zone != nullptr) event_.zone = *zone;
    return zone != nullptr;
  }

  /// The moment of any other time of the event; a date stays a date.
  std::optional<IcsMoment> moment(icalproperty* property, const icaltimetype& time) {
    if (!is_sane(time)) {
      why_ = kBadTime;
      return std::nullopt;
    }
    if (time.is_date != 0) return IcsMoment{true, day_of(time), {}};
    const auto* zone = zones_.zone_of(property, time, why_);
    if (zone == nullptr) return std::nullopt;
    return IcsMoment{false, day_of(time), zone->resolve(wall_time(time)).first};
  }

  bool read_length() {
    auto* end = first(event_.part, ICAL_DTEND_PROPERTY);
    auto* lasts = first(event_.part, ICAL_DURATION_PROPERTY);
    if (end != nullptr) return read_end(end, icalproperty_get_dtend(end));
    if (lasts != nullptr) {
      const auto duration = icalproperty_get_duration(lasts);
      return set_length(std::chrono::seconds{icaldurationtype_as_int(duration)});
    }
    if (!event_.whole_day) return fail({"it does not say when it ends", "add DTEND"});
    return true;
  }

  bool read_end(icalproperty* property, const icaltimetype& time) {
    const auto end = moment(property, time);
    if (!end) return false;
    if (end->whole_day != event_.whole_day)
      return fail({"it begins with a day and ends with a time, or the other way round",
                   "write both as days or both as times"});
    if (event_.whole_day)
      return set_length(end->day.time_since_epoch() - floor<days>(event_.start).time_since_epoch());
    return set_length(end->at - moment_of(event_, event_.start).at);
  }

  bool set_length(Micros length) {
    if (length < Micros{0}) return fail({"it ends before it begins", "check DTSTART and DTEND"});
    if (length > kLongest)
      return fail({"it lasts longer than " + std::to_string(kLongest.count()) + " days",
                   "check the years of DTSTART and DTEND"});
    event_.length = length;
    // A day that ends when it begins is one day in the calendars that write so.
    event_.days = std::max(days{1}, std::chrono::ceil<days>(length));
    if (!event_.whole_day && length == Micros{0})
      return fail({"it takes no time at all", "write it as a whole day, or add DTEND"});
    return true;
  }

  bool read_more() {
    for (auto* date = first(event_.part, ICAL_RDATE_PROPERTY); date != nullptr;
         date = icalcomponent_get_next_property(event_.part, ICAL_RDATE_PROPERTY)) {
      const auto value = icalproperty_get_rdate(date);
      const auto time = icaltime_is_null_time(value.time) ? value.period.start : value.time;
      const auto at = moment(date, time);
      if (!at) return false;
      if (event_.whole_day)
        event_.more.emplace_back(std::chrono::local_days{at->day.time_since_epoch()});
      else if (at->whole_day)  // the day alone: at the usual time
        event_.more.push_back(std::chrono::local_days{at->day.time_since_epoch()} +
                              (event_.start - floor<days>(event_.start)));
      else
        event_.more.push_back(event_.zone->to_local(at->at));
    }
    return true;
  }

  bool read_without() {
    if (first(event_.part, ICAL_EXRULE_PROPERTY) != nullptr)
      return fail({"it has an EXRULE, which RFC 5545 took away", "write EXDATE instead"});
    for (auto* date = first(event_.part, ICAL_EXDATE_PROPERTY); date != nullptr;
         date = icalcomponent_get_next_property(event_.part, ICAL_EXDATE_PROPERTY)) {
      const auto at = moment(date, icalproperty_get_exdate(date));
      if (!at) return false;
      if (at->whole_day || event_.whole_day)
        event_.without_days.insert(at->day);
      else
        event_.without.insert(at->at);
    }
    return true;
  }

  bool read_instead_of() {
    auto* id = first(event_.part, ICAL_RECURRENCEID_PROPERTY);
    if (id == nullptr) return true;
    if (icalproperty_get_first_parameter(id, ICAL_RANGE_PARAMETER) != nullptr)
      return fail({"it changes an occurrence and all that follow (RANGE), which is not read",
                   "write the changed part as an event of its own"});
    event_.instead_of = moment(id, icalproperty_get_recurrenceid(id));
    return event_.instead_of.has_value();
  }

  IcsZones& zones_;
  IcsEvent& event_;
  Unplaced why_;
};

}  // namespace

std::optional<Unplaced> read_event(IcsZones& zones, IcsEvent& event) {
  return Reader(zones, event).read();
}

IcsMoment moment_of(const IcsEvent& event, LocalTime wall) {
  const Day day{floor<days>(wall).time_since_epoch()};
  if (event.whole_day) return {true, day, {}};
  return {false, day, event.zone->resolve(wall).first};
}

}  // namespace nines::calendar
