// What sync does about records that this store does not hold, or need not hold any longer.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/log/exchange.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Brings listed records here from the place; those that it does not have whole.
std::set<std::int64_t> bring_records(Session& session, log::Exchange& exchange,
                                     const std::set<std::int64_t>& records);

/// The same with those that a segment has news of, before it is taken in. Their names are returned
/// where the place does not have them whole: then it cannot be taken.
std::vector<std::string> bring_touched(Session& session, log::Exchange& exchange,
                                       const log::SegmentFile& file, SyncRecords& report);

/// Throws Error: usage (no such rule), not_found (no such record), conflict (what is not here is at
/// another place).
void check_records_asked(const Session& session, const RecordsAsked& asked,
                         const std::string& remote);

/// Once the exchange is delivered: brings what was asked for, what a hold stands over, or all of
/// it; then leaves there what is old. `seen_from` is the place in the log from which on all events
/// of others came from there just now.
void settle_records(Session& session, log::Exchange& exchange, const std::string& place,
                    const RecordsAsked& asked, std::optional<std::uint64_t> seen_from,
                    bool dry_run, SyncRecords& report);

}  // namespace nines::usecases
