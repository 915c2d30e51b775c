// A changed target, proposed from what the record shows, on its way to slo apply.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/export.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/diff_impact.hpp"

namespace nines::usecases {

struct ReviseRequest {
  std::string slo;
  std::optional<std::string> objective = {};  ///< id or displayName; needed when there are several
  std::optional<Decimal> target_percent = {};  ///< empty: proposed from the record
  std::filesystem::path cwd = {};              ///< definition files are named from here
};

/// What a target would have said at the end of each day.
struct TriedTarget {
  Ratio target;
  std::int64_t days = 0;
  std::int64_t missed = 0;
};

struct Revision {
  std::string slo;
  std::string objective;  ///< id
  Ratio before;
  std::optional<Ratio> after;  ///< empty: nothing is proposed
  bool proposed = false;       ///< by the record, not by the person
  std::string why;             ///< what the record says, or why it does not tell
  std::vector<TriedTarget> tried;   ///< the usual targets and the present one, strictest first
  std::vector<std::string> incidents;    ///< of its service within the history
  std::vector<std::string> open_actions; ///< of its service: the other way to keep the promise
  std::optional<DiffImpact> impact = {};
  std::string file;   ///< the definition's, as it was applied
  std::string patch;  ///< unified diff of it; empty when nothing is proposed
};

/// Looks back over at most a year. Proposes the strictest usual target that would have been met on
/// every one of at least 14 days, unless that is the present one; a looser one only where the
/// present one was missed on a tenth of the days or more. Throws Error: not_found (SLO,
/// objective, or its file), usage (a composite, a target out of range), conflict (the file says
/// another thing than what is applied).
NINES_EXPORT Revision revise_slo(const Session& session, const ReviseRequest& request);

}  // namespace nines::usecases
