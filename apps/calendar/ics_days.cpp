// Writes out the events of a calendar one occurrence at a time, within fixed bounds.
#include "calendar/ics_days.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "base/text.hpp"
#include "calendar/ics_event.hpp"

namespace nines::calendar {
namespace {

using std::chrono::days;

struct FreeComponent {
  void operator()(icalcomponent* part) const { icalcomponent_free(part); }
};
struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

/// The calendars of a file: one, or several side by side.
std::vector<icalcomponent*> calendars_of(icalcomponent* root) {
  if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) return {root};
  std::vector<icalcomponent*> found;
  for (auto* part = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
    found.push_back(part);
  return found;
}

/// Listed before any is read, since reading walks the same component for its zones.
std::vector<icalcomponent*> events_of(icalcomponent* calendar) {
  std::vector<icalcomponent*> found;
  for (auto* part = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
    found.push_back(part);
  return found;
}

/// METHOD:CANCEL takes back every event of the calendar.
bool is_cancelled(icalcomponent* calendar) {
  auto* method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
  return method != nullptr && icalproperty_get_method(method) == ICAL_METHOD_CANCEL;
}

class Expander {
 public:
  Expander(const IcsRequest& request, IcsResult& result) : request_(request), result_(result) {}

  void add(icalcomponent* calendar, const std::vector<int>& lines, std::size_t& index) {
    IcsZones zones(calendar, request_.zone);
    std::vector<IcsEvent> events;
    const bool cancelled = is_cancelled(calendar);
    for (auto* part : events_of(calendar)) {
      IcsEvent event;
      event.part = part;
      event.line = index < lines.size() ? lines[index] : 0;
      ++index;
      ++result_.events;
      const auto unplaced = read_event(zones, event);
      event.cancelled = event.cancelled || cancelled;
      if (event.cancelled) ++result_.cancelled;
      if (unplaced && !event.cancelled)
        report(event, *unplaced);
      else if (!unplaced)
        events.push_back(std::move(event));
    }
    for (const auto& event : events)
      if (event.instead_of) changed_[event.uid].push_back(*event.instead_of);
    for (const auto& event : events)
      if (!event.cancelled && !result_.refusal) write_out(event);
    changed_.clear();
  }

 private:
  void report(const IcsEvent& event, Unplaced why) {
    result_.problems.push_back({event.line, event.name, std::move(why.what), std::move(why.hint)});
  }

  void write_out(const IcsEvent& event) {
    const auto before = result_.days.size() + result_.times.size();
    if (event.instead_of) {
      take(event, event.start);
    } else {
      take_all(event);
    }
    if (result_.days.size() + result_.times.size() == before) ++result_.outside;
  }

  void take_all(const IcsEvent& event) {
    std::vector<icalrecurrencetype> rules;
    for (auto* rule = icalcomponent_get_first_property(event.part, ICAL_RRULE_PROPERTY);
         rule != nullptr; rule = icalcomponent_get_next_property(event.part, ICAL_RRULE_PROPERTY))
      rules.push_back(icalproperty_get_rrule(rule));
    for (const auto& rule : rules) {
      if (rule.freq >= ICAL_DAILY_RECURRENCE && rule.freq <= ICAL_YEARLY_RECURRENCE) continue;
      report(event, {"it repeats within a day: that is no day off",
                     "rules repeat DAILY, WEEKLY, MONTHLY or YEARLY"});
      return;
    }
    offer(event, event.start);
    for (const auto wall : event.more) offer(event, wall);
    for (const auto& rule : rules)
      if (!repeat(event, rule)) return;
  }

  bool repeat(const IcsEvent& event, icalrecurrencetype rule) {
    end_in_wall_time(event, rule);
    const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
        icalrecur_iterator_new(rule, ical_time(event.start, event.whole_day)));
    if (!iterator) {
      report(event, {"its rule of repetition cannot be followed", "mend RRULE"});
      return false;
    }
    const auto last = LocalTime{std::chrono::local_days{request_.to.time_since_epoch()}} + days{2};
    for (;;) {
      const auto next = icalrecur_iterator_next(iterator.get());
      if (icaltime_is_null_time(next)) return has_ended(event, rule);
      if (!is_sane(next)) continue;  // 29 February 1500, which only the Julian calendar has
      const auto wall = wall_time(next);
      if (wall >= last) return true;
      if (repeats_ >= request_.limits.repeats) {
        report(event, {"it repeats more often than is read",
                       "begin it later (DTSTART), or let it end (UNTIL)"});
        return false;
      }
      ++repeats_;
      offer(event, wall);
      if (result_.refusal) return false;
    }
  }

  /// A rule without an end that ends all the same was given up by the library, not finished.
  bool has_ended(const IcsEvent& event, const icalrecurrencetype& rule) {
    if (rule.count > 0 || !icaltime_is_null_time(rule.until)) return true;
    report(event, {"its rule of repetition never comes true", "mend RRULE"});
    return false;
  }

  /// UNTIL is in UTC where the start has a zone; occurrences are counted in wall time.
  static void end_in_wall_time(const IcsEvent& event, icalrecurrencetype& rule) {
    if (icaltime_is_null_time(rule.until) || !is_sane(rule.until)) return;
    auto until = wall_time(rule.until);
    if (rule.until.is_date != 0 && !event.whole_day) until += days{1} - Micros{1'000'000};
    if (icaltime_is_utc(rule.until) && event.zone)
      until = event.zone->to_local(Instant{until.time_since_epoch()});
    rule.until = ical_time(until, event.whole_day);
  }

  bool is_left_out(const IcsEvent& event, const IcsMoment& moment) const {
    if (event.without_days.count(moment.day) > 0) return true;
    if (!moment.whole_day && event.without.count(moment.at) > 0) return true;
    const auto changed = changed_.find(event.uid);
    if (changed == changed_.end()) return false;
    return std::any_of(changed->second.begin(), changed->second.end(), [&](const IcsMoment& id) {
      return id.whole_day || moment.whole_day ? id.day == moment.day : id.at == moment.at;
    });
  }

  void offer(const IcsEvent& event, LocalTime wall) {
    if (!is_left_out(event, moment_of(event, wall))) take(event, wall);
  }

  void take(const IcsEvent& event, LocalTime wall) {
    const auto moment = moment_of(event, wall);
    if (moment.whole_day) {
      const auto last = moment.day + event.days - days{1};
      if (last < request_.from || moment.day > request_.to) return;
      result_.days.push_back({moment.day, last, event.name});
    } else {
      const auto end = moment.at + event.length;
      if (end <= Instant{request_.from} || moment.at >= Instant{request_.to} + days{1}) return;
      result_.times.push_back({moment.at, end, event.name});
    }
    if (result_.days.size() + result_.times.size() > request_.limits.days * 2)
      result_.refusal = too_many();
  }

 public:
  Refusal too_many() const {
    return {"more than " + group_digits(request_.limits.days) + " days off lie in the years read",
            "give the holidays alone, not everything that is planned"};
  }

 private:
  const IcsRequest& request_;
  IcsResult& result_;
  std::map<std::string, std::vector<IcsMoment>> changed_;  ///< occurrences told anew, by UID
  std::size_t repeats_ = 0;
};

template <typename List>
void sort_once(List& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

IcsResult refused(Refusal refusal) {
  IcsResult result;
  result.refusal = std::move(refusal);
  return result;
}

}  // namespace

IcsResult days_of_ics(std::string_view text, const IcsRequest& request) {
  IcsOutline outline;
  if (auto refusal = outline_of(text, request.limits, outline)) return refused(*refusal);
  icalerror_set_errors_are_fatal(0);
  ical_set_unknown_token_handling_setting(ICAL_DISCARD_TOKEN);
  const std::string copy(text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0));
  const std::unique_ptr<icalcomponent, FreeComponent> root(icalparser_parse_string(copy.c_str()));
  if (!root) return refused({"it cannot be read as a calendar", "fetch the file again"});
  IcsResult result;
  Expander expander(request, result);
  std::size_t index = 0;
  for (auto* calendar : calendars_of(root.get()))
    expander.add(calendar, outline.event_lines, index);
  std::stable_sort(result.problems.begin(), result.problems.end(),
                   [](const IcsProblem& a, const IcsProblem& b) { return a.line < b.line; });
  sort_once(result.days);
  sort_once(result.times);
  if (result.days.size() + result.times.size() > request.limits.days)
    result.refusal = expander.too_many();
  if (result.refusal) return refused(*result.refusal);
  return result;
}

Json to_json(const IcsResult& result) {
  if (result.refusal)
    return Json::object({{"refused", Json::object({{"what", result.refusal->what},
                                                   {"hint", result.refusal->hint}})}});
  auto whole = Json::array(), parts = Json::array(), problems = Json::array();
  for (const auto& one : result.days) {
    auto json = Json::object({{"day", format_utc(Instant{one.from}).substr(0, 10)}});
    if (one.to != one.from) json.set("until", format_utc(Instant{one.to}).substr(0, 10));
    if (!one.name.empty()) json.set("name", one.name);
    whole.push(std::move(json));
  }
  for (const auto& one : result.times) {
    auto json = Json::object({{"from", format_utc(one.from)}, {"to", format_utc(one.to)}});
    if (!one.name.empty()) json.set("name", one.name);
    parts.push(std::move(json));
  }
  for (const auto& one : result.problems)
    problems.push(Json::object(
        {{"line", one.line}, {"event", one.event}, {"what", one.what}, {"hint", one.hint}}));
  return Json::object({{"days", std::move(whole)},
                       {"times", std::move(parts)},
                       {"problems", std::move(problems)},
                       {"events", result.events},
                       {"cancelled", result.cancelled},
                       {"outside", result.outside}});
}

}  // namespace nines::calendar
