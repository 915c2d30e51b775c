// The events of an incident's life, as use cases hand them to a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/incident/lifecycle.hpp"
#include "domain/incident/model.hpp"
#include "domain/log/event.hpp"

namespace nines::store {

/// "incident/<uid>".
std::string incident_subject(const Uid& incident);

/// Whether the tool writes a line of its own into the timeline about a change: not where a line
/// that was taken over says the same.
enum class Line { written, quiet };

/// Opens it: mode, title, severity, services, origin of `incident`; occurred when it was declared.
log::NewEvent incident_opened(const incident::Incident& incident, std::int64_t number);

/// One field of the head: "title", "severity", "priority", "services" or "tags" (joined by commas).
log::NewEvent incident_field_set(const Uid& incident, std::string_view field, std::string_view from,
                                 std::string_view to);

/// Sets the milestone of the new status with it; a step back takes the later ones away. `into`
/// names the survivor's subject when it is merged or a duplicate.
log::NewEvent incident_status_set(const Uid& incident, incident::Status from,
                                  const incident::StatusStep& step,
                                  const incident::StatedTime& when, std::string_view into = {},
                                  Line line = Line::written);

log::NewEvent incident_milestone_set(const Uid& incident, std::string_view milestone,
                                     const incident::StatedTime& when, Line line = Line::written);
/// An empty person renounces the role.
log::NewEvent incident_role_set(const Uid& incident, std::string_view role, std::string_view person,
                                std::string_view before, Instant at);
log::NewEvent incident_impact_set(const Uid& incident, const incident::ImpactStep& step,
                                  Line line = Line::written);
log::NewEvent incident_fact_set(const Uid& incident, const incident::Fact& fact,
                                Line line = Line::written);
/// What the incident was read from; again for a newer copy of it.
log::NewEvent incident_source_kept(const Uid& incident, const incident::Source& source);
log::NewEvent incident_linked(const Uid& incident, const incident::Link& link);

log::NewEvent incident_entry_added(const Uid& incident, const incident::Entry& entry);

/// What a correction changes; the rest stays.
struct EntryCorrection {
  std::optional<std::string> text;
  std::optional<incident::StatedTime> when;
  std::optional<incident::EntryKind> kind;
  std::optional<incident::Visibility> visibility;
  std::optional<incident::EntrySource> source = {};  ///< of the newer copy that says so
  bool accepted = false;                             ///< a person vouches for a proposed line
};
log::NewEvent incident_entry_corrected(const Uid& incident, const Uid& entry,
                                       const EntryCorrection& correction);
log::NewEvent incident_entry_retracted(const Uid& incident, const Uid& entry);

}  // namespace nines::store
