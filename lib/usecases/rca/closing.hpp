// The end of an analysis: eight rules, the worth of another hour, a conclusion or a recorded stop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/export.hpp"
#include "domain/rca/analysis/another_hour.hpp"
#include "domain/rca/analysis/closing.hpp"
#include "usecases/rca/analysis.hpp"

namespace nines::usecases {

struct StopRequest {
  std::optional<std::string> analysis = {};
  std::optional<Decimal> incident_cost = {};  ///< of one recurrence; none: as this one cost
  std::optional<Decimal> hour_cost = {};      ///< of an hour of those who look
};
struct StopView {
  CaseView view;
  std::vector<nines::rca::RuleResult> rules;
  nines::rca::HourInputs inputs;
  nines::rca::HourVerdict hour;
  std::string cost_from;  ///< "INC-1 cost 1,200 to 3,400 EUR"; empty: it was given, or is not known

  bool may_close() const { return nines::rca::may_close(rules); }
};
/// Looks only.
NINES_EXPORT StopView weigh_stop(const Session& session, const StopRequest& request);

/// Ends it where all rules are met; where they are not, `may_close` is false and nothing is
/// written. Throws Error{conflict} when it has ended already, Error{usage} without a conclusion.
NINES_EXPORT StopView conclude_analysis(Session& session,
                                        const std::optional<std::string>& analysis,
                                        const std::string& conclusion, bool dry_run);

struct StopDecision {
  StopRequest about = {};
  std::string risk;   ///< the systemic risk that stays
  std::string owner;  ///< who carries it
  Day review;         ///< when it is looked at again
};
/// Records that the looking ends although not all is known. Throws Error{usage} for an empty risk
/// or owner, or a date that is not ahead.
NINES_EXPORT StopView stop_analysis(Session& session, const StopDecision& decision, bool dry_run);

/// Throws Error{conflict} when it, or another of the incident, is open.
NINES_EXPORT CaseView reopen_analysis(Session& session, const std::optional<std::string>& analysis,
                                      bool dry_run);

}  // namespace nines::usecases
