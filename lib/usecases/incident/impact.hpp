// Customers, revenue, reputation: what an incident does to the business, and who must be called.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/impact_money.hpp"
#include "usecases/incident/bad_events.hpp"
#include "usecases/problems.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ImpactRequest {
  std::optional<std::string> incident = {};
  std::optional<std::string> policy = {};
  std::optional<std::string> slo = {};  ///< whose bad events are failed transactions
  std::optional<Decimal> value = {};    ///< of one transaction, in place of the policy's
  std::optional<std::string> currency = {};
  std::optional<Decimal> recovered_low = {};
  std::optional<Decimal> recovered_high = {};
};

struct ServiceImpact {
  std::string service;
  BadEvents events;
  Micros hurt{0};  ///< how long, so far
};

struct BusinessImpact {
  incident::Incident incident;
  std::string policy;  ///< empty: none is applied
  std::vector<ServiceImpact> services;
  std::optional<std::uint64_t> failed;  ///< transactions
  std::string failed_from;              ///< the SLO they were counted by, or why they were not
  incident::Money money;
  std::optional<incident::Fact> reach;  ///< users_affected, as somebody said
  std::optional<Instant> customers_told;
  std::vector<incident::Fact> reputation;  ///< facts: media, complaints, top_customers, ...
  std::vector<incident::Threshold> passed;
  std::vector<incident::Ask> calls;  ///< all of this incident, oldest first
};
/// Looks only.
NINES_EXPORT BusinessImpact incident_impact(const Session& session, const ImpactRequest& request);

struct CallsMade {
  std::vector<incident::Ask> opened;   ///< without a name in a dry run
  std::vector<std::string> passed_on;  ///< "legal: bo is asked now, ada said nothing"
};
/// Calls the roles of thresholds that are passed for the first time, and sends calls that nobody
/// acknowledged in time on to the next name. Doing it again at once does nothing.
NINES_EXPORT CallsMade make_calls(Session& session, const BusinessImpact& impact, bool dry_run);

struct DueCalls {
  std::vector<std::string> lines;  ///< one per call, with its incident
  std::string off;  ///< why thresholds call nobody while an incident is open; empty: they do
};
/// The same for every open incident: what a timer runs. Calls that were made are passed on even
/// where no policy says who would be called now. An incident that cannot be weighed is put down in
/// `problems`, and the others go on.
DueCalls run_due_calls(Session& session, Problems& problems, bool dry_run);

/// Somebody of the role knows. `by` is who; default the actor. Throws Error{not_found} when no call
/// of that role waits.
NINES_EXPORT std::vector<incident::Ask> acknowledge_calls(
    Session& session, const std::optional<std::string>& incident, const std::string& role,
    const std::optional<std::string>& by, bool dry_run);

}  // namespace nines::usecases
