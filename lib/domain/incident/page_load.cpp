// Counts pages by person and night; overlapping stretches awake count once.
#include "domain/incident/page_load.hpp"

#include <algorithm>
#include <set>

namespace nines::incident {
namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::seconds;

constexpr hours kNightFrom{22};
constexpr hours kNightUntil{7};

bool is_weekend(const Zone& zone, Instant at) {
  return std::chrono::weekday(floor<days>(zone.to_local(at))).iso_encoding() >= 6;
}

std::int64_t length_of(std::vector<Period> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Period& a, const Period& b) { return a.from < b.from; });
  Micros total{0};
  std::optional<Instant> end;
  for (const auto& span : spans) {
    const auto from = end ? std::max(span.from, *end) : span.from;
    if (span.to > from) total += span.to - from;
    end = end ? std::max(*end, span.to) : span.to;
  }
  return duration_cast<seconds>(total).count();
}

class Count {
 public:
  explicit Count(const PageLoadInput& input) : input_(input) {
    for (const auto& [person, served] : input.on_duty_s) of(person).on_duty_s = served;
    for (const auto& page : input.pages) add(page);
  }

  PageLoad finish() {
    PageLoad load;
    for (auto& [name, person] : people_) {
      person.awake_s = length_of(awake_[name]);
      load.people.push_back(person);
    }
    for (const auto& [night, who] : nights_)
      load.nights.push_back({night, pages_by_night_[night], std::ssize(who)});
    std::vector<std::int64_t> pages, night;
    std::vector<double> shares;
    for (const auto& person : load.people) {
      pages.push_back(person.pages);
      night.push_back(person.night);
      shares.push_back(static_cast<double>(person.on_duty_s));
    }
    load.pages = load_fairness(pages, shares);
    load.night = load_fairness(night, shares);
    return load;
  }

 private:
  PagedPerson& of(const std::string& name) {
    auto& person = people_[name];
    person.person = name;
    person.zone_known = input_.zones.contains(name);
    return person;
  }

  void add(const Page& page) {
    auto& person = of(page.person);
    const auto zone = input_.zones.find(page.person);
    const auto clock = zone == input_.zones.end() ? Zone::utc() : zone->second;
    ++person.pages;
    if (is_weekend(clock, page.at)) ++person.weekend;
    if (!seen_.insert({page.person, page.incident}).second) ++person.repeats;
    const auto about = input_.incidents.find(page.incident);
    const auto incident = about == input_.incidents.end() ? PagedIncident{} : about->second;
    if (!incident.open && !incident.answered) ++person.unanswered;
    const auto night = night_of(clock, page.at);
    if (!night) return;
    ++person.night;
    const auto date = format_utc(Instant{clock.to_local(night->from).time_since_epoch()});
    nights_[date.substr(0, 10)].insert(page.person);
    ++pages_by_night_[date.substr(0, 10)];
    const auto end = std::min(incident.over_at.value_or(input_.now), night->to);
    if (end > page.at) awake_[page.person].push_back({page.at, end});
  }

  const PageLoadInput& input_;
  std::map<std::string, PagedPerson> people_;
  std::map<std::string, std::vector<Period>> awake_;
  std::map<std::string, std::set<std::string>> nights_;
  std::map<std::string, std::int64_t> pages_by_night_;
  std::set<std::pair<std::string, Uid>> seen_;
};

}  // namespace

std::optional<Period> night_of(const Zone& zone, Instant at) {
  const auto local = zone.to_local(at);
  const auto day = floor<days>(local);
  const auto hour = local - day;
  if (hour >= kNightUntil && hour < kNightFrom) return std::nullopt;
  const auto evening = hour >= kNightFrom ? day : day - days(1);
  return Period{zone.resolve(LocalTime(evening) + kNightFrom).first,
                zone.resolve(LocalTime(evening + days(1)) + kNightUntil).second};
}

PageLoad page_load(const PageLoadInput& input) { return Count(input).finish(); }

}  // namespace nines::incident
