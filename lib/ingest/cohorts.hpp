// Cohorts of a change as a table: whom it reached, whom it did not, and how both fare.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/changes/exposure.hpp"

namespace nines::ingest {

/// Metrics by what the table calls the change.
using Cohorts = std::map<std::string, std::vector<rca::CohortMetric>, std::less<>>;

/// Columns change (or version), cohort (canary, exposed, treatment or new; control, baseline, stable
/// or old), optionally metric, and either bad and total, which are added up, or value, one sample a
/// row. Throws Error{bad_data} with the place of what cannot be read.
Cohorts read_cohorts(std::string_view text, std::string_view file);

}  // namespace nines::ingest
