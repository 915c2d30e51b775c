// Everything that the record says about a period, read once.
#pragma once

#include "domain/governance/material.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

/// `session` has its clock at the end of what is told: nothing else may read the present.
governance::Material gather_material(const Session& session, const governance::ReportPeriod& period,
                                     const governance::ReportPeriod& before);

/// The objectives over a period, as if it were the window of each of them.
std::vector<governance::SloOutcome> judge_period(const Session& session, const Catalogue& catalogue,
                                                 const slo::Period& period, bool with_curve);

/// Incidents opened before `to`, oldest first; what they cost is counted for those opened at
/// `losses_from` or later.
std::vector<governance::IncidentCase> incident_cases(const Session& session,
                                                     const Catalogue& catalogue,
                                                     Instant losses_from, Instant to);
/// What they are made of, for recurrence.
std::vector<governance::TraitsOf> traits_of(const Session& session,
                                            const std::vector<governance::IncidentCase>& cases,
                                            const std::vector<rca::CaseFile>& analyses);
/// Since when each kind of record is kept.
governance::FirstRecords first_records(const Session& session, const Catalogue& catalogue);
governance::LoadOfPeriod load_in(const Session& session, const slo::Period& period);
std::vector<rca::CaseFile> case_files(const Session& session);

}  // namespace nines::usecases
