// The way one incident took, and which series move after which: both from measured series.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/deps/cascade_path.hpp"
#include "domain/rca/rank/windows.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct CascadeRequest {
  std::string incident;
  std::optional<std::string> metrics = {};  ///< a table as rca rank reads it, instead of the store
  Micros apart = std::chrono::seconds{60};  ///< how far clocks may be apart
  nines::rca::EdgeSet calls = {};           ///< declared and seen: dependant, dependency
};

struct CascadeResult {
  std::string incident;
  Instant onset;
  std::string onset_source;
  std::string source;                      ///< "the store", or the file
  nines::rca::TimeStretch normal, looked;  ///< what is usual, and where movements were looked for
  nines::rca::CascadePath path;
  std::vector<std::string> unmeasured;  ///< services that were hurt and have no series
  std::vector<std::string> warnings;
};

/// Movements are looked for from an hour before the onset: what an incident came from moved before
/// people saw it. Throws Error: not_found, bad_data, usage where the incident names no service,
/// undecided where nothing was measured.
NINES_EXPORT CascadeResult trace_incident(const Session& session, const CascadeRequest& request,
                                          const std::filesystem::path& cwd);

struct LagRequest {
  std::optional<std::string> metrics = {};  ///< a table, instead of the store
  Micros window = std::chrono::days{2};     ///< of the store, its last so long; at most 2 days
  nines::rca::EdgeSet calls = {};           ///< declared and seen
};

struct LaggedMovement {
  std::string leader, leader_metric, follower, follower_metric;
  Micros lag{0};
  double correlation = 0, p = 1, q = 1;
  bool known = false;  ///< that the follower needs the leader is declared or seen
};

struct LagResult {
  std::string source;
  std::size_t series = 0, rows = 0, pairs = 0;
  std::vector<LaggedMovement> found;  ///< the strongest first
  std::vector<std::string> warnings;
};

/// One series per service: of those whose name tells a harmful direction, else of all, the one that
/// changes in most rows. `session` may be null where there is a table. Throws Error as above.
NINES_EXPORT LagResult find_lagged_movement(const Session* session, const LagRequest& request,
                                            const std::filesystem::path& cwd);

}  // namespace nines::usecases
