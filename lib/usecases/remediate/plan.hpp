// The actions that are worth their time, and those that fit into it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/stats.hpp"
#include "domain/remediate/action.hpp"
#include "domain/remediate/plan.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct PlanRequest {
  std::map<std::string, double> capacity = {};  ///< days by team; others: from their past
  double weeks = 4;                             ///< that the plan is for
  double reserve = 0.2;                         ///< share of the time kept for what comes up
};

/// Where a figure comes from.
enum class Basis { stated, record, assumed, unknown };

struct PlannedAction {
  nines::remediate::Action action;
  std::optional<nines::remediate::Candidate> candidate;  ///< empty: not weighed, `problem` says why
  Basis averts = Basis::unknown;  ///< record: from its incident and those like it
  Basis works = Basis::assumed;   ///< assumed: half
  double stability = 0;           ///< share of draws in which it ranks as high as it would have to
  bool chosen = false;
  std::string must;  ///< why it is done whatever it averts: said, late, or recurring
  std::string problem;
  std::map<std::string, std::string> others = {};  ///< what its team does not own, and who does
};

struct TeamCapacity {
  double days = 0;  ///< after the reserve
  double used = 0;
  Basis basis = Basis::unknown;  ///< record: the effort it closed lately
};

/// What a service loses a year by the risks on record, against what its objective allows.
struct ServiceRisk {
  double minutes = 0;            ///< of all weighed actions about it, as likely
  std::optional<double> budget;  ///< minutes a year its strictest objective allows
};

struct PlanResult {
  std::vector<PlannedAction> actions;  ///< weighed ones by minutes per day of work, then the others
  std::map<std::string, TeamCapacity> teams;
  std::map<std::string, ServiceRisk> risks;
  double averted = 0;   ///< expected, by what is chosen
  double possible = 0;  ///< by all that was weighed
  bool optimal = true;
  bool must_fits = true;
};

/// Of the actions that are not closed. Throws Error{usage} for figures out of bounds.
NINES_EXPORT PlanResult plan_actions(const Session& session, const PlanRequest& request);

}  // namespace nines::usecases
