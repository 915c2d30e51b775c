// Judging a breach by the policy: facts from the store and the command line, and the record of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/assess.hpp"
#include "domain/incident/impact_money.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct AssessRequest {
  std::optional<std::string> policy = {};
  std::optional<std::string> slo = {};       ///< default: the SLOs of the incident's services
  std::optional<std::string> incident = {};  ///< default: the current one, unless `slo` is given
  std::optional<Decimal> burn = {};          ///< over every window
  std::optional<Decimal> reach = {};
  std::optional<Decimal> tier = {};
  std::optional<bool> data_exposure = {};
  bool data_exposure_unknown = false;  ///< said to be unknown: the record is not asked
};

struct Assessed {
  incident::AssessPolicy policy;
  std::optional<incident::Incident> incident;
  std::vector<std::string> slos;  ///< whose figures were read
  incident::AssessFacts facts;
  incident::Judgement judgement;
};

/// Reads what is not given from the store. Nothing is assumed: what is not there is unknown.
NINES_EXPORT Assessed assess_incident(const Session& session, const AssessRequest& request);
/// The same facts with one more answer, judged anew.
NINES_EXPORT void answer(Assessed& assessed, const incident::Condition& about, Decimal value);

/// A line of kind decision in the incident's timeline. Throws Error{usage} without an incident.
NINES_EXPORT incident::Entry record_assessment(Session& session, const Assessed& assessed);

/// A threshold that would have been passed, and who would have been asked.
struct ReplayedCall {
  struct Turn {
    std::string who;  ///< a person, or the role where nobody is named for it
    Instant at;
  };
  std::string threshold;
  std::string role;
  std::string why;          ///< "lost revenue at least 5000: 5,012 to 8,019 EUR"
  Instant at;               ///< the first minute in which it was passed
  std::vector<Turn> asked;  ///< each next one because the one before would have said nothing
};

/// One past incident, or a breach without an incident, as the policy would have judged it.
struct Replayed {
  std::string subject;  ///< "INC-3", or the SLO of a breach
  std::string title;
  Instant from;
  Instant to;
  incident::Severity recorded = incident::Severity::undetermined;
  bool breach = false;  ///< no incident was recorded for it
  incident::Judgement judgement = {};
  std::optional<double> worst_burn = {};  ///< over an hour
  incident::Known budget_spent = {};      ///< percent, at the end of the case
  incident::Money money = {};             ///< lost revenue by the end of the case
  std::vector<ReplayedCall> calls = {};   ///< by time
};
struct Replay {
  incident::AssessPolicy policy;
  Instant from;
  Instant to;
  std::vector<Replayed> cases = {};  ///< by time
  int war_rooms = 0;
  int war_rooms_undecided = 0;
  int incidents = 0;
};
/// Incidents that count, and stretches in which an SLO burned fast enough to page by the usual rule
/// (14.4 over an hour) while no incident of its service was on record.
NINES_EXPORT Replay replay_policy(const Session& session, const std::optional<std::string>& policy,
                                  const std::optional<Instant>& from);

}  // namespace nines::usecases
