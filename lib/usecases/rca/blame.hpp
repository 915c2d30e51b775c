// Ranks the recorded changes before an incident by how likely each caused it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/rca/changes/blame.hpp"
#include "usecases/rca/log_file.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct BlameRequest {
  std::optional<std::string> incident = {};  ///< default: the current one, unless `onset` is given
  std::optional<Instant> onset = {};         ///< overrules the incident's
  std::vector<std::string> services = {};    ///< where the symptom is seen; overrule the incident's
  std::optional<Instant> ended = {};         ///< when the symptom was over; overrules it too
  Micros lookback = std::chrono::hours{24};  ///< changes that began earlier are not looked at
  nines::rca::BlameRules rules = {};
  std::optional<LogFile> log = {};                   ///< its new templates are evidence
  std::optional<std::string> metrics = {};           ///< a table of metrics as rca rank reads it
  std::optional<std::string> cohorts = {};           ///< a table of cohorts, exposed and not
  std::optional<std::filesystem::path> folder = {};  ///< that both tables are relative to
  Zone zone = Zone::utc();                           ///< of log times without an offset
};

struct BlameResult {
  std::optional<std::string> incident;  ///< its name
  Instant onset;
  std::string
      onset_source;  ///< "stated", "impact started", "declared: the impact's start is not known"
  std::optional<Instant> ended;
  std::vector<std::string> services;
  nines::rca::BlameRules rules;  ///< with the uncertainty of the onset added
  std::vector<nines::rca::ChangeCandidate> candidates;
  nines::rca::Blame blame;
  std::size_t earlier = 0;  ///< recorded changes before the stretch that was looked at
  std::vector<std::string> warnings;
};

/// Reads the store and the files. Throws Error: usage without an onset or a service, not_found,
/// bad_data.
NINES_EXPORT BlameResult rank_changes(const Session& session, const BlameRequest& request);

}  // namespace nines::usecases
