// Watches of suspected causes: armed, fed with alerts, logs and playbook runs, ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "usecases/rca/hypothesis.hpp"
#include "usecases/rca/log_file.hpp"

namespace nines::usecases {

struct WatchRequest {
  std::string hypothesis;
  nines::rca::Watch watch;  ///< kind, pattern and what goes with it; the rest is filled in
};
/// The case as it is after the change, and the index of the watch in its hypothesis.
struct WatchView {
  HypothesisView in;
  std::size_t index = 0;

  const nines::rca::Watch& watch() const { return in.hypothesis().watches[index]; }
};
/// Works on ended analyses too: what is suspected may strike again long after. Throws Error{usage}
/// for a pattern that matches everything or holds control characters, Error{conflict} for a
/// hypothesis that is confirmed or refuted, or has many watches already.
NINES_EXPORT WatchView arm_watch(Session& session, const WatchRequest& request, bool dry_run);
/// `number` counts from 1 within the hypothesis; none: its only one that is on. Throws
/// Error{not_found}, Error{usage} when it is not clear which is meant.
NINES_EXPORT WatchView find_watch(const Session& session, const std::string& hypothesis,
                                  std::optional<std::int64_t> number);
NINES_EXPORT WatchView end_watch(Session& session, const std::string& hypothesis,
                                 std::optional<std::int64_t> number, bool dry_run);

/// A person says that a time was watched, and nothing was seen in it. Throws Error{usage} unless
/// from < to, and to is not ahead.
NINES_EXPORT WatchView state_quiet(Session& session, const std::string& hypothesis,
                                   std::optional<std::int64_t> number, Instant from, Instant to,
                                   bool dry_run);

/// What a look brought for one watch.
struct WatchNews {
  std::string hypothesis;  ///< "HYP-3"
  std::string analysis;    ///< "RCA-1"
  bool analysis_ended = false;
  std::string watch;  ///< watch_name
  std::string text;   ///< what was seen; empty: nothing
  std::int64_t matches = 0;
  std::int64_t older = 0;  ///< matching lines of a time before it was armed: not counted
  Micros quiet{0};         ///< exposure that was added
  double before = 0, after = 0;  ///< posterior
};

struct LogScan {
  std::string file;
  std::uint64_t lines = 0;
  std::uint64_t untimed = 0;  ///< lines without a time: a match in them counts as of now
  std::optional<Instant> from, to;
};
struct WatchReport {
  std::vector<WatchNews> news;  ///< of watches with a match, or more quiet
  std::vector<LogScan> scans;
  std::vector<std::string> problems;  ///< files that could not be read: a line each
};

/// Takes in what is on record: alerts and runs of playbooks. What was attached once is not attached
/// again, by this run, another at the same time, or after an undo.
NINES_EXPORT WatchReport settle_watches(Session& session, bool dry_run);
/// The same for the logs that watches name: for `nines tick`. A log above 64 MiB is a problem, not
/// a wait.
NINES_EXPORT WatchReport settle_watched_logs(Session& session, bool dry_run);
/// The same for logs that a person names, for all watches of logs, or those of one hypothesis.
/// Throws Error{not_found, io}.
NINES_EXPORT WatchReport scan_logs(Session& session, const std::vector<LogFile>& files,
                                   const std::optional<std::string>& hypothesis, const Zone& zone,
                                   bool dry_run);

/// Hypotheses with watches, of one analysis or of all; a view each.
NINES_EXPORT std::vector<HypothesisView> watched(const Session& session,
                                                 const std::optional<std::string>& analysis);

}  // namespace nines::usecases
