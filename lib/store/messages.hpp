// Messages (MSG-3): what was told to whom about an incident, and when.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/incident/cadence.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "message/<uid>": message.sent.
const Aggregate& message_aggregate();

/// Those of one incident, by the time they were sent.
std::vector<incident::Message> messages_of(const Store& store, const Uid& incident);

/// `number` comes from take_number("MSG") within the transaction.
log::NewEvent message_sent(const incident::Message& message, std::int64_t number);

}  // namespace nines::store
