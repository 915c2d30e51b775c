// Places whole local days and parts of days on the UTC axis.
#include "domain/incident/absences.hpp"

#include <set>

#include "base/error.hpp"

namespace nines::incident {
namespace {

using std::chrono::days;

Period placed(const catalog::DaysOff& off, const Zone& zone) {
  const LocalTime from{std::chrono::local_days{off.from.time_since_epoch()}};
  const LocalTime to{std::chrono::local_days{off.to.time_since_epoch()} + days{1}};
  const auto span = catalog::place_shift(zone, {from, to});
  return {span.from, span.to};
}

std::string name_or(const std::string& name, const std::string& otherwise) {
  return name.empty() ? otherwise : name;
}

class Collector {
 public:
  explicit Collector(const Absences& absences) : absences_(absences) {}

  void add_calendars(const std::vector<std::string>& names, const std::string& person,
                     const Zone& zone) {
    for (const auto& name : names) {
      const auto found = absences_.calendars.find(name);
      if (found == absences_.calendars.end()) continue;
      for (const auto& off : found->second.days)
        blackouts.push_back({person, placed(off, zone), name_or(off.name, name)});
      for (const auto& off : found->second.times)
        blackouts.push_back({person, {off.when.from, off.when.to}, name_or(off.name, name)});
    }
  }

  void add_person(const std::string& name, const Zone& fallback) {
    const auto found = absences_.people.find(name);
    if (found == absences_.people.end()) return;
    const auto& person = found->second;
    const auto zone = zone_of(person.zone).value_or(fallback);
    for (const auto& off : person.leave)
      blackouts.push_back({name, placed(off, zone), name_or(off.name, "leave")});
    add_calendars(person.calendars, name, zone);
  }

  std::vector<Blackout> blackouts;

 private:
  static std::optional<Zone> zone_of(const std::string& name) {
    try {
      return Zone::find(name);
    } catch (const Error&) {  // no zone data: the rota's own zone is the best guess left
      return std::nullopt;
    }
  }

  const Absences& absences_;
};

}  // namespace

std::vector<Blackout> blackouts_of(const Rota& rota, const Absences& absences) {
  Collector collector(absences);
  collector.add_calendars(rota.calendars, {}, rota.zone);
  std::set<std::string> people;
  for (auto& name : rota.people()) people.insert(std::move(name));
  for (const auto& swap : rota.swaps) people.insert({swap.person, swap.with});
  for (const auto& name : people) collector.add_person(name, rota.zone);
  return std::move(collector.blackouts);
}

}  // namespace nines::incident
