// What taking in one foreign incident would change, decided before anything is written.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/incident/model.hpp"
#include "ingest/foreign.hpp"
#include "store/incident_events.hpp"
#include "usecases/incident/ingest.hpp"

namespace nines::usecases {

struct IngestPlan {
  Uid uid;
  std::optional<incident::Incident> opens;  ///< it is new
  std::vector<incident::Entry> adds;        ///< without numbers
  std::vector<std::pair<Uid, store::EntryCorrection>> corrects;
  std::vector<log::NewEvent> others;  ///< milestones, status, impact, facts, the source
  Ingested result;
};

/// `known`: the record it goes into, with retracted lines, when there is one.
IngestPlan plan_ingest(Session& session, ingest::ForeignIncident foreign,
                       const std::optional<incident::Record>& known, incident::Source source,
                       const std::vector<std::string>& services);

}  // namespace nines::usecases
