// Alerts from Alertmanager: webhook payloads (version 4) and the answer of GET /api/v2/alerts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "domain/incident/alert.hpp"

namespace nines::ingest {

/// A label or annotation is kept up to here, so many of each; the fingerprint covers all of it.
inline constexpr std::size_t kLongestLabel = 4096;
inline constexpr std::size_t kMostLabels = 128;

struct AlertReading {
  std::vector<incident::Alert> alerts;  ///< in the order they came, repeats included
  std::int64_t payloads = 0;            ///< that could be read
  std::int64_t truncated = 0;  ///< alerts that the source left out (truncatedAlerts), in all
  std::int64_t cut = 0;        ///< labels and annotations that were too long or too many
  Findings findings;  ///< one per payload or alert that could not be read; they gave no alert
};

/// Whether a document looks like one of the two.
bool is_alertmanager(const Json& document);

/// Reads one or many documents, one after another or one a line. Members that nines does not know
/// are kept in `Alert::other`. Never throws on bad input.
AlertReading read_alerts(std::string_view bytes, std::string_view file);

}  // namespace nines::ingest
