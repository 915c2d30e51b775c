// Links to runbooks that people recorded (RBK-2), and when they were last found right.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/remediate/runbook.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "runbook/<uid>"; runbook.linked makes one.
const Aggregate& runbook_aggregate();

/// By when they were recorded.
std::vector<remediate::RunbookLink> runbook_links(const Store& store);

/// `number` comes from take_number within the transaction.
log::NewEvent runbook_linked(const remediate::RunbookLink& link, std::int64_t number);
log::NewEvent runbook_reviewed(const Uid& link, Instant at);

}  // namespace nines::store
