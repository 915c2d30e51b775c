// Action items (ACT-3): added, given fields, brought to a state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/remediate/action.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "action/<uid>": action.added, action.set, action.state_set.
const Aggregate& action_aggregate();

std::string action_subject(const Uid& action);  ///< "action/<uid>"
/// All, or those of one incident; oldest first.
std::vector<remediate::Action> actions(const Store& store, const std::optional<Uid>& incident = {});
std::optional<remediate::Action> find_action(const Store& store, const Uid& uid);
/// The one that "ACT-2" or "2" names. Throws Error{not_found}.
remediate::Action get_action(const Store& store, std::string_view name);
/// The one that stands for this item of a tracker, whatever its state; the oldest of several.
std::optional<remediate::Action> action_tracked_as(const Store& store, std::string_view tracker);

/// With its fields. `number` comes from take_number("ACT") within the transaction.
log::NewEvent action_added(const remediate::Action& action, std::int64_t number);
/// An empty `to` takes the field away.
log::NewEvent action_field_set(const Uid& action, std::string_view field, std::string_view from,
                               std::string_view to, Instant at);
log::NewEvent action_state_set(const Uid& action, remediate::ActionState from,
                               remediate::ActionState to, std::string_view because, Instant at);

}  // namespace nines::store
