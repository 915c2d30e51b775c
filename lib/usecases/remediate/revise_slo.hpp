// A changed target or window, proposed from what the record shows, on its way to slo apply.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/export.hpp"
#include "domain/slo/model.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/diff_impact.hpp"

namespace nines::usecases {

struct ReviseRequest {
  std::string slo;
  std::optional<std::string> objective = {};  ///< id or displayName; needed when there are several
  std::optional<Decimal> target_percent = {};  ///< empty: proposed from the record
  std::optional<std::string> window = {};      ///< "28d"; the target stays unless it is named too
  std::filesystem::path cwd = {};              ///< definition files are named from here
};

/// What a target would have said at the end of each day.
struct TriedTarget {
  Ratio target;
  std::int64_t days = 0;
  std::int64_t missed = 0;
};

/// What the target would have said over a window of this length.
struct TriedWindow {
  nines::slo::Length window;
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
  nines::slo::Length window_before = {};
  std::optional<nines::slo::Length> window_after = {};  ///< as it was asked for
  /// The usual windows that the history is long enough for, with the target that is to be; empty
  /// where the window is a stretch of the calendar.
  std::vector<TriedWindow> windows;
  std::vector<std::string> incidents;    ///< of its service within the history
  std::vector<std::string> open_actions; ///< of its service: the other way to keep the promise
  std::optional<DiffImpact> impact = {};
  std::string file;   ///< the definition's, as it was applied
  std::string patch;  ///< unified diff of it; empty when nothing is proposed
};

/// Looks back over at most a year. Proposes the strictest usual target that would have been met on
/// every one of at least 14 days, unless that is the present one; a looser one only where the
/// present one was missed on a tenth of the days or more. A window is never proposed: how long a
/// service may take to make good for an outage is for people to say; what each would have meant is
/// shown. Throws Error: not_found (SLO, objective, or its file), usage (a composite, a target or
/// window out of range, a window of the calendar), conflict (the file says another thing than what
/// is applied).
NINES_EXPORT Revision revise_slo(const Session& session, const ReviseRequest& request);

}  // namespace nines::usecases
