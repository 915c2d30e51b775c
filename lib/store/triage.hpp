// Steps of playbooks in the log: asked for, decided on, begun, run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/triage.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "triage/<uid>"; events triage.requested, triage.decided, triage.started, triage.ran.
const Aggregate& triage_aggregate();

log::NewEvent triage_requested(const incident::TriageStep& step);
log::NewEvent triage_decided(const incident::TriageStep& step, bool approved);
log::NewEvent triage_started(const incident::TriageStep& step);
/// Carries the whole step, so that a read-only one needs no other event.
log::NewEvent triage_ran(const incident::TriageStep& step);

/// Those of one incident, oldest first.
std::vector<incident::TriageStep> triage_steps(const Store& store, const Uid& incident);
/// Steps of one playbook, in any incident, that ended as expected at or after `from`; by end.
std::vector<incident::TriageStep> expected_runs(const Store& store, const std::string& playbook,
                                                Instant from);
std::optional<incident::TriageStep> find_triage_step(const Store& store, const Uid& uid);

}  // namespace nines::store
