// Snapshots of configurations, and what left the last good one.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/drift/drift.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Reads JSON (Kubernetes, `terraform show -json`, any other), YAML of one or more documents,
/// .properties, .ini, .conf and .env, by the ends of their names; "-" is `input`, read as YAML or
/// JSON. Secrets are taken out. Several plain files are told apart by their names. Throws Error:
/// not_found, bad_data.
NINES_EXPORT catalog::ConfigTree read_configuration(const std::vector<std::string>& files,
                                                    const std::filesystem::path& cwd,
                                                    std::istream& input);

struct TakenSnapshot {
  catalog::ConfigSnapshot snapshot;  ///< without a name in a dry run
  bool unchanged = false;            ///< the newest of its service and place says the same
  std::size_t redacted = 0;
};
/// Records the snapshot, unless the newest one of its service and place says the same.
NINES_EXPORT TakenSnapshot take_snapshot(Session& session, catalog::ConfigSnapshot snapshot,
                                         bool dry_run);

struct DriftRequest {
  std::string service;
  std::optional<std::string> place = {};
  std::optional<catalog::ConfigTree> declared = {};
  std::optional<catalog::ConfigTree> observed = {};  ///< default: the newest snapshot
  std::string build = {};                            ///< that runs with `observed`
  std::optional<Instant> onset = {};
  Micros near = std::chrono::hours{1};  ///< a value older than this before the onset is latent
};
struct DriftResult {
  catalog::ConfigSnapshot good, observed;
  std::vector<nines::rca::DriftRow> rows;
  nines::rca::FaultVerdict fault;
};
/// Throws Error{undecided} where there is nothing good to compare with, or nothing observed.
NINES_EXPORT DriftResult find_drift(const Session& session, const DriftRequest& request);

}  // namespace nines::usecases
