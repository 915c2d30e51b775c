// Measures SLIs in the engine that holds them: what is missing is asked for, day by day, and kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/exit_code.hpp"
#include "base/export.hpp"
#include "base/process.hpp"
#include "base/time.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct MeasureProgress {
  std::size_t done = 0;  ///< chunks of a day and some indicators
  std::size_t all = 0;
};

struct MeasureOptions {
  std::vector<std::string> sources;  ///< DataSource names; empty: every engine that an SLO reads
  std::optional<Instant> from;       ///< default: the SLOs' windows back from `to`
  std::optional<Instant> to;         ///< default: now, less the source's delay
  bool audit = false;                ///< ask other definitions of the same figure as well
  bool dry_run = false;              ///< say what would be asked, and ask nothing
  bool accept_partial = false;       ///< keep answers that say themselves that parts are missing
  bool accept_engine = false;        ///< go on although another engine seems to answer
  std::filesystem::path program;     ///< nines-engine; empty: there is none
  std::filesystem::path engines_file;  ///< the user's own engines.yaml
  ProcessEnvironment env;              ///< credentials may come from it
  std::function<void(const MeasureProgress&)> progress;
};

/// Minutes without a fresh sample, between two with one.
struct MeasuredGap {
  Instant from;
  Instant to;
  std::uint64_t arrived = 0;  ///< bad events that the first sample afterwards brought
  bool restarted = false;     ///< a counter began anew then: what it counted before is lost
};

/// The same figure by another definition.
struct MeasuredBy {
  std::string name;    ///< "increments", "engine increase per day", ...
  std::string method;  ///< one sentence
  double bad = 0;
  double total = 0;
};

/// One way of counting, over the time that this run asked for.
struct MeasuredRule {
  std::vector<std::string> slos;
  std::string first_query;
  std::string total_query;
  std::string asked;  ///< the query as it is sent
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::uint64_t good = 0;
  std::uint64_t total = 0;
  std::uint64_t minutes = 0;  ///< asked for and answered
  std::uint64_t watched = 0;  ///< of them with a fresh sample
  std::uint64_t known = 0;    ///< minutes of the asked time that were measured before
  std::uint64_t missing = 0;  ///< minutes that could not be measured now
  std::uint64_t silent = 0;   ///< of them, those of which the engine has no sample at all
  std::uint64_t resets = 0;   ///< of counters
  std::uint64_t born = 0;     ///< series that appeared while others were watched
  std::uint64_t born_bad = 0;  ///< events they brought with their first sample
  std::uint64_t born_total = 0;
  std::vector<MeasuredGap> gaps;  ///< the longest ten, by time
  std::uint64_t gap_count = 0;
  std::uint64_t gap_minutes = 0;
  std::uint64_t splits = 0;  ///< sub-series
  bool has_counters = true;  ///< false: rows were counted, there is nothing to begin again
  std::vector<MeasuredBy> definitions;  ///< --audit; the first is what was stored
  std::vector<std::string> reasons;     ///< what explains a spread, or may be missing
};

struct MeasuredSource {
  std::string source;
  std::string url;      ///< without credentials: it never has any
  std::string product;  ///< "Prometheus 2.42.0", as the engine says
  std::vector<MeasuredRule> rules;
  std::vector<std::string> warnings;  ///< of the engine and of us, each once
  std::vector<std::string> failures;  ///< chunks that were not answered: they stay missing
};

struct MeasureResult {
  std::vector<MeasuredSource> sources;
  std::vector<std::string> warnings;
  std::optional<ExitCode> failed;  ///< of the first failure; what was answered is stored
  std::size_t transactions = 0;    ///< that what came was stored in: as many undos take it back
};

/// Whole chunks are stored in transactions of at most a week, so that an interruption keeps them.
/// Throws Error: not_found (no such source, nothing to count), needs_approval (an engine that the
/// user does not trust), config (credentials, no companion), conflict (another engine answers),
/// busy, interrupted.
NINES_EXPORT MeasureResult measure(Session& session, const MeasureOptions& options);

}  // namespace nines::usecases
