// Who should take which role in the next incident, so that knowledge spreads and load is fair.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/model.hpp"

namespace nines::incident {

/// One time somebody held a role in an incident that counts.
struct RoleHeld {
  std::string incident;  ///< "INC-42"
  std::string role;
  std::string person;
  Instant since;
};

struct Candidate {
  std::string person;
  std::string away;  ///< why they are not there; empty: they are
};

struct RoleRecord {
  std::string person;
  std::int64_t times = 0;  ///< in this role
  std::optional<Instant> last;
  std::int64_t recent = 0;  ///< roles of any kind in the last 90 days
};

struct RoleSuggestion {
  std::string role;
  std::string person;  ///< empty: nobody is left
  std::vector<std::string> reasons;
  std::vector<RoleRecord> records;  ///< of all candidates, by name: no ranking
};

/// For each role the candidate who held it least often; of equals the one for whom it is longest
/// ago (never first), then the one with fewest roles in the last 90 days, then by name. One person
/// is suggested for one role; those away for none.
std::vector<RoleSuggestion> suggest_roles(const std::vector<std::string>& roles,
                                          const std::vector<Candidate>& candidates,
                                          const std::vector<RoleHeld>& history, Instant now);

}  // namespace nines::incident
