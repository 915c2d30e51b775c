// What every command that writes to an incident does around its events.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/model.hpp"
#include "domain/log/event.hpp"
#include "usecases/incident/spool.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Transaction;
}

namespace nines::usecases {

/// A uid from the session's clock and entropy.
Uid make_uid(Session& session);

/// An entry for the timeline with the present as its time, unless `when` says otherwise.
incident::Entry new_entry(Session& session, std::string text,
                          std::optional<incident::StatedTime> when = std::nullopt);

/// The present of this machine, to the microsecond.
incident::StatedTime stated_now(const Session& session);

/// The number that the next entry of the incident gets; taken for good.
std::int64_t take_entry_number(Session& session, const Uid& incident);

/// Appends the events in one transaction, unless there are none, and notes the incident as touched.
void append_all(Session& session, const Uid& incident, const std::vector<log::NewEvent>& events);

/// The same for events that carry numbers: `make` runs within the transaction, so that a number is
/// taken if and only if its event is on disk.
void append_made(Session& session, const Uid& incident,
                 const std::function<std::vector<log::NewEvent>()>& make);

/// A line for the timeline that says what the same command did; call within the transaction.
log::NewEvent line_event(Session& session, const Uid& incident, incident::EntryKind kind,
                         std::string text,
                         incident::Visibility visibility = incident::Visibility::internal,
                         std::optional<incident::StatedTime> when = std::nullopt);

/// Adds the spooled lines that belong to this incident (or to none) to the transaction. Their files
/// go once it is committed: call `drop` for each then.
std::vector<SpooledLine> fold_spool(Session& session, store::Transaction& tx, const Uid& incident);

}  // namespace nines::usecases
