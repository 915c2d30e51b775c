// The twelve parts of the report, one pure function each.
#pragma once

#include <vector>

#include "domain/governance/material.hpp"
#include "domain/governance/report.hpp"

namespace nines::governance {

Part part_of_decisions(const Material& material);    ///< 1: what is asked for
Part part_of_slos(const Material& material);         ///< 2
Part part_of_contracts(const Material& material);    ///< 3
Part part_of_incidents(const Material& material);    ///< 4
Part part_of_recurrence(const Material& material);   ///< 5
Part part_of_risks(const Material& material);        ///< 6
Part part_of_remediation(const Material& material);  ///< 7
Part part_of_changes(const Material& material);      ///< 8
Part part_of_detection(const Material& material);    ///< 9
Part part_of_readiness(const Material& material);    ///< 10: load, drills, coverage
Part part_of_duties(const Material& material);       ///< 11
Part part_of_caveats(const Material& material);      ///< 12

/// All of them, in order.
std::vector<Part> all_parts(const Material& material);

/// Words that parts share.
std::string day_text(Instant at);                                ///< "2026-08-14"
std::string percent_of(double share, int digits = 1);            ///< "12.5 %"
std::string incident_title(const incident::Incident& incident);  ///< "INC-4 checkout fails"

}  // namespace nines::governance
