// A walk along a stretch of a rota: uncovered time, double duty, and how evenly the load lies.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/incident/fairness.hpp"
#include "domain/incident/rota.hpp"

namespace nines::incident {

/// A time in which a role has nobody.
struct CoverGap {
  std::string role;
  Period when;
  std::string instead_of;  ///< whose turn it would be, where somebody is away
  std::string why;
  /// The clocks of two zones of the rota stand otherwise to each other than half a year before.
  bool by_clocks = false;
};

/// One person on two duties at once.
struct DoubleDuty {
  std::string person;
  std::string first;  ///< "payments primary"
  std::string second;
  Period when;
};

struct PersonLoad {
  std::int64_t shifts = 0;
  std::int64_t minutes = 0;
  std::int64_t nights = 0;        ///< local nights (22:00 to 07:00 of the rota) touched
  std::int64_t weekend_days = 0;  ///< local Saturdays and Sundays touched
};

/// One measure of load over all participants.
struct LoadSpread {
  std::string measure;  ///< "shifts", "nights", "weekend days"
  std::int64_t total = 0;
  Fairness fairness;
  ChanceGini chance;
  /// Above the 95th percentile of chance: more uneven than luck.
  bool uneven() const { return fairness.gini > chance.p95 + 1e-9; }
};

struct RoleAudit {
  std::string role;
  std::int64_t minutes = 0;
  std::int64_t uncovered_minutes = 0;  ///< rounded up
  std::vector<CoverGap> gaps;
  std::map<std::string, PersonLoad> loads;  ///< participants, those without a shift too
  std::vector<LoadSpread> spreads;
};

std::vector<RoleAudit> audit_rota(const Rota& rota, const Period& period);

/// Over all rotas: nobody should have two primary duties, nor two roles of one rota, at once.
std::vector<DoubleDuty> double_duties(const std::vector<const Rota*>& rotas, const Period& period);

}  // namespace nines::incident
