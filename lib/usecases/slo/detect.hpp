// Degradations that no alert reports: found over all SLOs and their parts, proposed as incidents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/stats.hpp"
#include "base/time.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct DetectQuery {
  std::vector<std::string> slos;  ///< empty: all
  std::vector<std::string> windows;  ///< files of AlertWindows, in place of the standard alerts
  std::filesystem::path cwd;         ///< where those names begin
  std::optional<Instant> at;      ///< look back from there; default now
  bool at_last = false;           ///< from the end of each SLO's data instead
  Micros since{std::chrono::hours{24}};
  double least_burn = 1;      ///< more than before, in error budgets
  double false_share = 0.05;  ///< of the findings that may be false
  bool propose = true;        ///< record proposals; else only say them
};

/// How near the policy's alerts came meanwhile, minute by minute of the SLO as a whole.
struct NearestAlert {
  std::string severity;  ///< "page", "ticket"
  std::string windows;   ///< "1h/5m"
  double reached = 0;    ///< of what fires; 1 and above fired
};

struct DetectedDegradation {
  std::string slo;
  std::string objective;
  std::string service;
  std::string split;  ///< "region=eu"; empty: the whole
  bool slow_burn = false;
  Instant from;
  Instant to;
  bool goes_on = false;
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
  double share = 0;
  stats::Interval interval{0, 1};
  std::optional<double> before;
  double burn = 0;  ///< above what was before
  double p = 1;     ///< adjusted over the fleet
  std::optional<NearestAlert> alert;
  std::string sentence;  ///< "checkout: 4.0 % of events in region eu are bad, 38m, below every alert"
  std::string proposal;  ///< "PRP-3"; empty when none was made
  std::string outcome;   ///< "proposed", "known", "revised", "decided before",
                         ///< "alerted" (an alert fired), "over" (long ended), "retired"
};

struct DetectResult {
  Instant at;
  std::uint64_t series = 0;  ///< looked at: wholes and parts with data
  std::uint64_t empty = 0;   ///< without data in that time: nothing is known of them
  std::uint64_t doubted = 0;  ///< findings given up as chance
  std::vector<DetectedDegradation> found;  ///< the heaviest burn first
  std::vector<std::string> warnings;
};

/// Only what is below every alert and not long over is proposed. Throws Error{not_found} for an
/// unknown SLO or file, bad_data for a file without windows.
NINES_EXPORT DetectResult detect(Session& session, const DetectQuery& query);

}  // namespace nines::usecases
