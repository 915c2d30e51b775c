// Asks (ASK-3): handovers, calls and questions to teams, with their acknowledgement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/ask.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "ask/<uid>": ask.opened, ask.passed and ask.escalated (silence),
/// ask.acknowledged, ask.closed.
const Aggregate& ask_aggregate();

/// Those of one incident, oldest first.
std::vector<incident::Ask> asks_of(const Store& store, const Uid& incident);
/// Those of all incidents that are not done, oldest first.
std::vector<incident::Ask> open_asks(const Store& store);
/// The one that "ASK-3" or "3" names. Throws Error{not_found}.
incident::Ask get_ask(const Store& store, std::string_view name);

/// `number` comes from take_number("ASK") within the transaction.
log::NewEvent ask_opened(const incident::Ask& ask, std::int64_t number);
/// `to` is asked now, until `due`; whoever was asked before said nothing.
log::NewEvent ask_passed(const Uid& ask, std::string_view from, std::string_view to, Instant at,
                         Instant due);
/// The ask as the policy of its team has moved it on: who is asked now, until when.
log::NewEvent ask_escalated(const incident::Ask& ask, Instant at);
log::NewEvent ask_acknowledged(const Uid& ask, std::string_view by, Instant at);
log::NewEvent ask_closed(const Uid& ask, std::string_view outcome, Instant at);

}  // namespace nines::store
