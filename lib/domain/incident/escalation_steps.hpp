// What one step of a policy comes to at an instant: its hours, and whom it tells.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/escalation.hpp"

namespace nines::incident {

/// Whether `at` is as `when` says, by the policy's hours or by those of whoever the step would
/// tell. Without hours every moment is inside.
bool holds(const EscalationPolicy& policy, const EscalationStep& step, When when,
           const Surroundings& around, Instant at);
/// From when on it is; nothing when it never is. By people's own hours the duty may change
/// meanwhile, to somebody whose day has begun.
std::optional<Instant> next_holding(const EscalationPolicy& policy, const EscalationStep& step,
                                    When when, const Surroundings& around, Instant at);

/// Each person once, by the first target that leads to them.
std::vector<Call> calls_of(const EscalationPolicy& policy, const EscalationStep& step,
                           bool low_urgency, const Surroundings& around, Instant at);
/// By name, the one after `last`, whose name becomes theirs; the first when `last` is nobody, or
/// the last of all.
Call next_in_turn(std::vector<Call> calls, std::string& last);

}  // namespace nines::incident
