// Change requests (CR-3): what was asked for, who agreed, when it began and how it ended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/remediate/change_request.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "change_request/<uid>"; change_request.made makes one.
const Aggregate& change_request_aggregate();

/// By when they were made.
std::vector<remediate::ChangeRequest> change_requests(const Store& store);
/// Throws Error{not_found}.
remediate::ChangeRequest get_change_request(const Store& store, std::string_view name);
/// The identity that this store gave the name; empty when it has not written anything yet.
std::optional<Uid> known_actor(const Store& store, const std::string& name);

/// `number` comes from take_number within the transaction.
log::NewEvent change_request_made(const Uid& uid, const remediate::RequestBody& body,
                                  const std::string& by, Instant at, std::int64_t number);
/// Who voted: whoever recorded it, or, of an imported review, the person whose it is.
Uid voter_of(const Json& body, const Uid& actor);
log::NewEvent change_request_voted(const Uid& uid, const remediate::Vote& vote);
log::NewEvent change_request_rejected(const Uid& uid, const std::string& by,
                                      const std::string& because, Instant at);
/// `lifted`: why it starts although changes rest; empty: they do not.
log::NewEvent change_request_started(const Uid& uid, const std::string& by,
                                     const std::string& lifted, Instant at);
log::NewEvent change_request_finished(const Uid& uid, remediate::RequestOutcome outcome,
                                      const std::string& because, Instant at);

}  // namespace nines::store
