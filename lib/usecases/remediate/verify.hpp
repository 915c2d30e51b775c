// Whether an action that is done did anything: incidents before it against incidents after.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/action.hpp"
#include "domain/remediate/rate_ratio.hpp"
#include "domain/slo/window.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Events of one side, in weeks.
struct VerifySide {
  nines::remediate::Counted counted;
  std::optional<nines::slo::Period> period = std::nullopt;  ///< empty: the caller gave the counts
};

/// The same services' change against what changed where nothing was done.
struct Comparison {
  nines::remediate::Counted before, after;  ///< incidents of all other services
  std::optional<double> ratio;              ///< (after/before here) / (after/before there)
  stats::Interval interval{0, 0};           ///< 95 %, by the normal approximation of its logarithm
};

struct VerifyResult {
  std::optional<nines::remediate::Action> action;
  VerifySide before, after;
  nines::remediate::RateRatio ratio;
  nines::remediate::EffectVerdict verdict;
  std::optional<double> smallest_visible;  ///< ratio that a time after as long as before would find
  std::size_t merged = 0;  ///< incidents that came within a day of one on the same services
  std::string left_out;    ///< the incident that the action answers: it is why one looks here
  std::optional<Comparison> others;     ///< empty without other incidents before
  std::vector<std::string> concurrent;  ///< changes of the same services in the time after
  /// SLOs of its services that were defined anew since: what counts as an incident may have changed.
  std::vector<std::string> redefined = {};
};

struct VerifyRequest {
  std::optional<std::string> action = {};
  Micros before{std::chrono::weeks{26}};  ///< the most that is looked back on
  std::optional<nines::remediate::Counted> counted_before = {}, counted_after = {};  ///< instead
};

/// Throws Error: usage (neither an action nor both counts), conflict (the action is not done, or it
/// names no service), undecided (nothing is on record before it).
NINES_EXPORT VerifyResult verify_action(const Session& session, const VerifyRequest& request);
/// The same of counts alone.
NINES_EXPORT VerifyResult verify_counts(const nines::remediate::Counted& before,
                                        const nines::remediate::Counted& after);

/// "12/26": events in a time above 0. Throws Error{usage}.
NINES_EXPORT nines::remediate::Counted parse_counted(const std::string& text);

/// When it is worth looking whether a done action helped: once even no incident at all after it would
/// be significant (one-sided 5 %), from 2 to 26 weeks after it was done. Empty for an action that is
/// not done, or names no service.
std::optional<Instant> verify_due(const Session& session,
                                  const nines::remediate::Action& action);

}  // namespace nines::usecases
