// Drills: drafted from the past, started as incidents that page nobody, given out, scored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/drill.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// A scenario from a past incident, as a document to read and change before it is applied.
NINES_EXPORT Json plan_drill(const Session& session, const std::string& incident,
                             const std::string& name);

struct StartDrillRequest {
  std::string scenario;  ///< name of an applied Drill
  std::int64_t speed = 1;
  std::string commander = {};
};
/// Opens an incident of mode drill and makes it current; `name`s are empty in a dry run. Throws
/// Error{not_found}, Error{conflict} when this scenario runs already.
NINES_EXPORT incident::Drill start_drill(Session& session, const StartDrillRequest& request,
                                         bool dry_run);

struct GivenInject {
  std::string drill;
  std::string incident;
  incident::DrillInject inject;
  std::string line;  ///< its number in the timeline; empty in a dry run
};
struct InjectReport {
  std::vector<incident::Drill> drills;  ///< those that run, as they are afterwards
  std::vector<GivenInject> given;
  std::optional<Instant> next;  ///< when the next one is due
};
/// Gives out what is due, each inject once; without a drill, of every one that runs. A drill runs
/// until its incident is resolved or closed.
NINES_EXPORT InjectReport inject_due(Session& session, const std::optional<std::string>& drill,
                                     bool dry_run);

struct DrillView {
  incident::Drill drill;
  incident::Incident incident;
  incident::DrillScore score;
  std::vector<std::string> proposals;  ///< of each finding, once scored
};
/// "DRL-3", the incident it runs as, or none: the newest. Throws Error{not_found}.
NINES_EXPORT DrillView show_drill(const Session& session, const std::optional<std::string>& word);
/// The same, and on record; each finding becomes a proposed action.
NINES_EXPORT DrillView score_drill(Session& session, const std::optional<std::string>& word,
                                   bool dry_run);

struct DrilledService {
  std::string service;
  std::optional<std::int64_t> tier;
  std::optional<Instant> last;  ///< when it was drilled last; none: never
  std::string drill;
};
struct DrillList {
  std::vector<incident::Drill> drills;   ///< newest first
  std::vector<std::string> scenarios;    ///< applied, by name
  std::vector<DrilledService> services;  ///< every service that is defined or was drilled
};
NINES_EXPORT DrillList list_drills(const Session& session);

}  // namespace nines::usecases
