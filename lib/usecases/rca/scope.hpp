// Which incident is asked about, from when, and where it is seen; inside of the use cases.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/uid.hpp"
#include "domain/rca/rank/windows.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ScopeRequest {
  std::optional<std::string> incident = {};  ///< default: the current one, unless `onset` is given
  std::optional<Instant> onset = {};         ///< overrules the incident's
  std::optional<Instant> ended = {};         ///< overrules it too
};

struct Scope {
  std::optional<std::string> incident;  ///< its name
  std::optional<Uid> uid;
  Instant onset;
  std::string onset_source;  ///< "stated", "impact started", what stands in for it
  bool onset_known = true;
  Micros uncertainty{0};  ///< of the onset, either way
  std::optional<Instant> ended;
  std::vector<std::string> hurt;  ///< services, by name; none without an incident
};

/// Throws Error: not_found without an incident, usage for an end before the onset.
Scope scope_of(const Session& session, const ScopeRequest& request);

/// When other incidents hurt anything, each with its name: no stretch of normal operation.
struct OtherIncident {
  std::string name;
  nines::rca::TimeStretch hurt;
};
std::vector<OtherIncident> other_incidents(const Session& session, const Scope& scope,
                                           const nines::rca::TimeStretch& within);

}  // namespace nines::usecases
