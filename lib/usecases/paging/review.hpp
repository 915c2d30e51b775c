// Looking back: the load of being on call, and recorded incidents through another policy.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation_replay.hpp"
#include "domain/incident/page_load.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct LoadQuery {
  Instant from;
  Instant to;
  bool with_simulated = false;  ///< pages that only would have gone out count too
};
struct LoadReport {
  LoadQuery query;
  incident::PageLoad load = {};
  std::int64_t sent = 0;       ///< pages counted that went out, or may have
  std::int64_t simulated = 0;  ///< pages of real incidents that were only simulated
  std::int64_t drills = 0;     ///< of drills and tests: never counted
  bool shifts_known = false;   ///< fairness is by hours on duty; else everybody counts alike
};
NINES_EXPORT LoadReport page_load_report(const Session& session, const LoadQuery& query);

struct ReplayQuery {
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
  std::optional<std::string> policy = {};          ///< on record
  std::optional<std::filesystem::path> file = {};  ///< or in a file
};
struct ReplayReport {
  std::string policy;                            ///< the proposed one
  std::vector<incident::ReplayLine> lines = {};  ///< by time
  incident::ReplayTotals totals = {};
  std::int64_t other_services = 0;  ///< incidents left out: the policy is for other services
};
/// Real incidents only. Duty is read from the rotas as they are now.
NINES_EXPORT ReplayReport replay_escalations(const Session& session, const ReplayQuery& query);

}  // namespace nines::usecases
