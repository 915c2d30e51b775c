// Which teams share an incident: by the dependency graph, and by their part of the bad events.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog/definition.hpp"
#include "domain/incident/ask.hpp"

namespace nines::incident {

using Services = std::map<std::string, catalog::Service, std::less<>>;

/// A service that is hurt, or that one that is hurt needs; and how it got here.
struct Involved {
  std::string service;
  std::string team;                  ///< owner; empty: nobody answers for it on record
  std::string through;               ///< "hurt", "checkout needs it", "checkout needs it (soft)"
  std::optional<std::uint64_t> bad;  ///< bad events of the time; none: not counted
};

/// The services that are hurt and, breadth first, what they depend on that day. Each once; a vendor
/// is involved as its own team.
std::vector<Involved> involved_services(const std::vector<std::string>& hurt,
                                        const Services& services, Day day);

struct TeamShare {
  std::string team;
  std::vector<Involved> services;
  std::uint64_t bad = 0;
  std::optional<double> share;  ///< of all bad events that were counted; none: nothing was
  bool asked = false;           ///< an ask to it is on record
};
/// The largest part first; services without an owner come last, as team "".
std::vector<TeamShare> team_shares(const std::vector<Involved>& involved,
                                   const std::vector<Ask>& asks);

}  // namespace nines::incident
