// Escalations on record: where each incident stands in its policy, and every attempt to page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/escalation.hpp"
#include "domain/incident/page.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "escalation/<uid of the incident>".
const Aggregate& escalation_aggregate();

/// The run begins, or begins anew.
log::NewEvent escalation_started(const Uid& incident, const incident::EscalationState& state,
                                 std::string_view why);
log::NewEvent escalation_acknowledged(const Uid& incident, const incident::EscalationState& state,
                                      std::string_view person, Instant at);
/// One thing that a decision brought about; `state` is given with the last of them.
log::NewEvent escalation_moved(const Uid& incident, const incident::Occurrence& occurrence,
                               const incident::EscalationState* state);
/// Before anything goes out (`intended`), or instead (`simulated`).
log::NewEvent page_recorded(const incident::Page& page);
/// What came of an intended page.
log::NewEvent page_ended(const incident::Page& page);

struct EscalationRow {
  Uid incident;
  incident::EscalationState state;
  std::int64_t revision = 0;  ///< rises with every event: compare before writing
};
std::optional<EscalationRow> find_escalation(const Store& store, const Uid& incident);
/// Those of incidents that somebody is still to be called for, by incident.
std::vector<EscalationRow> running_escalations(const Store& store);

struct EscalationStepRow {
  Instant at;
  std::string what;  ///< "started", "acknowledged", or as incident::Happening
  std::string policy;
  std::string step;
  std::int64_t cycle = 0;
  std::string why;
};
std::vector<EscalationStepRow> escalation_steps(const Store& store, const Uid& incident);

struct PageFilter {
  std::optional<Uid> incident = {};
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
  bool intended_only = false;
};
/// By time.
std::vector<incident::Page> pages(const Store& store, const PageFilter& filter);

/// When lines that came from another system (alerts) occurred, by time.
std::vector<Instant> alert_times(const Store& store, const Uid& incident);

/// Whom round robin told last, by "policy/step", in incidents that were no drill.
std::map<std::string, std::string> last_told(const Store& store);

}  // namespace nines::store
