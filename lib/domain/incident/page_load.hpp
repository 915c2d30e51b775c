// What being on call cost people: pages by night and weekend, repeats, and time awake.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/load_fairness.hpp"
#include "domain/incident/page.hpp"
#include "domain/incident/rota.hpp"

namespace nines::incident {

/// What a page was about, as far as its load depends on it.
struct PagedIncident {
  std::optional<Instant> over_at;  ///< when the harm stopped, or it was over; none: still open
  bool answered = false;           ///< somebody acknowledged it
  bool open = true;
};

struct PagedPerson {
  std::string person;
  std::int64_t pages = 0;
  std::int64_t night = 0;       ///< 22:00 to 07:00 by their own clock
  std::int64_t weekend = 0;     ///< Saturday or Sunday by their own clock
  std::int64_t repeats = 0;     ///< again for the same incident
  std::int64_t unanswered = 0;  ///< of incidents that ended without anybody's answer
  std::int64_t awake_s = 0;     ///< within nights, from a page until the harm stopped
  std::int64_t on_duty_s = 0;
  bool zone_known = false;  ///< else their clock is taken for UTC
};

struct NightLoad {
  std::string night;  ///< date it began on: "2026-11-23"
  std::int64_t pages = 0;
  std::int64_t people = 0;
};

struct PageLoad {
  std::vector<PagedPerson> people;  ///< by name: no ranking
  std::vector<NightLoad> nights;    ///< those with pages, by date
  LoadFairness pages;
  LoadFairness night;
};

struct PageLoadInput {
  std::vector<Page> pages;  ///< those that count, by time
  std::map<Uid, PagedIncident> incidents;
  std::map<std::string, Zone> zones;
  std::map<std::string, std::int64_t> on_duty_s;  ///< of everybody who had a shift
  Instant now;
};

PageLoad page_load(const PageLoadInput& input);

/// The night (22:00 to 07:00 local) that `at` lies in, if it does.
std::optional<Period> night_of(const Zone& zone, Instant at);

}  // namespace nines::incident
