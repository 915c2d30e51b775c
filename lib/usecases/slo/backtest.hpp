// Replays burn-rate alerts over the stored minutes of SLOs, against the incidents on record.
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

struct Catalogue;

/// Fewer incidents than this judge no alert: the interval of a share of 4 reaches over half of all.
inline constexpr std::size_t kLeastIncidents = 5;

struct BacktestQuery {
  std::vector<std::string> names;  ///< of SLOs; empty: all
  std::optional<std::string> service;
  std::optional<Instant> from;            ///< absent: a year before the end of each SLO's data
  std::optional<Instant> to;              ///< absent: the end of its data
  std::vector<std::string> windows = {};  ///< files of AlertWindows, each a policy of its own
  std::filesystem::path cwd = {};         ///< where those names begin
  bool search = false;                    ///< try other windows and factors too
  std::size_t unseen = 5;                 ///< how many days that burned unseen are told of
  /// SLOs with windows of their own count as a policy of its own, "own", not as the standard one.
  bool own_apart = true;
};

/// What is said of an alert, of one SLO or of all together.
struct BacktestFigures {
  std::size_t alerts = 0;
  double per_week = 0;
  std::size_t true_alerts = 0;
  std::size_t incidents = 0;  ///< that hurt within the history; of all SLOs each counts once
  std::size_t caught = 0;
  bool judged = false;  ///< enough incidents for precision and recall
  std::optional<stats::Interval> precision,
      recall;                                ///< 95 %, Wilson; empty unless judged, or of nothing
  std::optional<double> detected_after;      ///< median of the caught, in minutes
  std::optional<double> spent_at_detection;  ///< median share of a period's budget
  std::optional<double> spent_before;  ///< median over all alerts: in the longest window before it
  double firing_share = 0;             ///< of the time
  std::optional<double> unseen_share;  ///< of all bad events: outside every alert and its reach
};

struct BacktestAlert {
  std::string policy;  ///< "standard", "own" (of SLOs that name windows), or the file of its windows
  std::string severity;
  BacktestFigures figures;
};

/// A day on which much burned outside the reach of every alert.
struct UnseenBurn {
  std::string slo, objective;
  Instant day;
  double budget_share = 0;  ///< of a period's budget
  double ratio = 0;         ///< bad of all, in those minutes
};

struct BacktestRow {
  std::string slo, objective, service;
  bool several = false;  ///< whether the SLO has other objectives
  std::string problem;   ///< why nothing could be replayed; the rest is then empty
  std::optional<Instant> from, to;
  std::uint64_t minutes = 0;           ///< in between
  std::uint64_t observed = 0;          ///< of them, watched
  std::optional<double> budget_spent;  ///< share of the budget of as many periods as there were
  std::vector<BacktestAlert> alerts;   ///< those of the standard policy first
};

/// A page alert of the search: one or two pairs of windows.
struct BacktestCandidate {
  std::vector<std::string> pairs;  ///< "2 % in 1h/5m": share of the budget, windows
  bool current = false;            ///< the policy's own page alert; it has no pairs
  bool beaten = false;             ///< only the current one is shown though another beats it
  BacktestFigures figures;
};

struct Backtest {
  std::vector<BacktestRow> rows;   ///< by SLO, then objective
  std::vector<BacktestAlert> all;  ///< over all rows
  std::size_t incidents = 0;       ///< on record that hurt any of the services within the history
  std::vector<UnseenBurn> unseen;  ///< the worst first
  std::vector<BacktestCandidate> frontier;  ///< with search: no other is better in everything
  std::size_t candidates = 0;
  std::uint64_t minutes = 0;  ///< replayed in all
  std::vector<std::string> warnings;
};

/// Throws Error{not_found} for a name that is no SLO or file, usage for an empty stretch of time,
/// bad_data for a file without windows.
NINES_EXPORT Backtest slo_backtest(const Session& session, const BacktestQuery& query);

/// The same of definitions that need not be applied.
Backtest slo_backtest(const Session& session, const Catalogue& catalogue,
                      const BacktestQuery& query);

}  // namespace nines::usecases
