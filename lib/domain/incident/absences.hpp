// Days off and leave as stretches in which somebody is not on by turn.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/catalog/people.hpp"
#include "domain/incident/rota.hpp"

namespace nines::incident {

struct Absences {
  std::map<std::string, catalog::Person, std::less<>> people;
  std::map<std::string, catalog::Calendar, std::less<>> calendars;
};

/// For everybody: the calendars of the rota, their days in its zone. For each of its people (and
/// those who take over from them): leave and calendars of their own, in days of their own zone.
/// Names that lead nowhere say nothing.
std::vector<Blackout> blackouts_of(const Rota& rota, const Absences& absences);

}  // namespace nines::incident
