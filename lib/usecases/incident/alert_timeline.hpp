// Alerts in the life of an incident: their lines in its timeline, and what their end suggests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/alert.hpp"
#include "domain/incident/proposal.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Transaction;
}

namespace nines::usecases {

/// Adds a line for each start and end that is not in the timeline yet, by the clock of the source.
/// Of more than two hundred, one of the group for the first start and the last end of each
/// alertname, with how many they are; and of more than two hundred of those the rest as one line.
/// Returns how many were added.
std::int64_t append_alert_lines(Session& session, store::Transaction& tx, const Uid& incident,
                                const Uid& group, const std::vector<incident::Alert>& alerts);

/// The same for all alerts of a group on record, which may be too many to read.
std::int64_t append_group_lines(Session& session, store::Transaction& tx, const Uid& incident,
                                const Uid& group);

/// When every alert that led to the incident has ended, proposes (never takes) its next step:
/// mitigated, or resolved once it is mitigated. `group` may be accepted within this transaction.
std::optional<incident::Proposal> propose_end(Session& session, store::Transaction& tx,
                                              const Uid& incident, const Uid& group);

/// Takes back open proposals that the incident's alerts have ended. Returns their names.
std::vector<std::string> withdraw_end(Session& session, store::Transaction& tx, const Uid& incident,
                                      const std::string& because);

}  // namespace nines::usecases
