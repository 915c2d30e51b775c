// Does a record hold together: what its times, its words and its stated durations say of each
// other.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

struct TimelineFinding {
  nines::Severity severity = nines::Severity::warning;
  std::string code;        ///< "DURATION_CONTRADICTED"; 'nines explain' knows it
  std::string message;     ///< with the arithmetic
  std::string entry = {};  ///< number of the line it is about; empty: the record as a whole
  std::string hint = {};   ///< what to look at
  int line = 0;            ///< of the document that it came from; 0: not known
};
using TimelineFindings = std::vector<TimelineFinding>;

/// Everything that the record alone contradicts, worst first, then by code and line. Information is
/// no contradiction: a record with nothing worse holds together.
TimelineFindings check_timeline(const Record& record);

/// Whether any of them is an error or a warning.
bool contradicts(const TimelineFindings& findings);

}  // namespace nines::incident
