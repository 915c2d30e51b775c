// What happened around an incident on one axis: impact, milestones, changes, metrics, logs, entries.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/incident/model.hpp"
#include "domain/rca/timeline/moments.hpp"
#include "usecases/rca/log_file.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct AxisRequest {
  std::optional<std::string> incident = {};  ///< default: the current one
  Micros lookback = std::chrono::hours{2};   ///< the axis begins so far before the onset
  Micros apart = std::chrono::seconds{60};   ///< how far clocks may be apart
  std::optional<LogFile> log = {};           ///< its new messages
  std::optional<std::string> metrics = {};   ///< a table of metrics as rca rank reads it
  std::filesystem::path folder = {};         ///< that `metrics` is relative to
  Zone zone = Zone::utc();                   ///< of log times without an offset
};

struct AxisResult {
  incident::Incident incident;
  incident::StatedTime onset;
  std::string onset_source;
  Instant from, to;
  Micros apart{0};
  std::vector<nines::rca::PlacedMoment> moments;
  std::size_t outside = 0;  ///< entries and milestones beyond the axis
  std::vector<std::string> warnings;
};

/// The axis ends half an hour after the symptom, or now while it goes on. Changes are those of every
/// service: what is not known to be connected may be. Metrics are those of the services that are
/// hurt or were changed. Throws Error: not_found, bad_data.
NINES_EXPORT AxisResult align_moments(const Session& session, const AxisRequest& request);

}  // namespace nines::usecases
