// Contributing factors (FAC-3) of incidents: accepted from what rules propose, or written by
// people.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/postmortem/factor.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "factor/<uid>": factor.added, factor.dropped.
const Aggregate& factor_aggregate();

/// Those that stand, of one incident or of all; oldest first. `dropped`: the others too.
std::vector<postmortem::Factor> factors(const Store& store, const std::optional<Uid>& incident = {},
                                        bool dropped = false);
/// The one that "FAC-3" or "3" names. Throws Error{not_found}.
postmortem::Factor get_factor(const Store& store, std::string_view name);

std::string factor_subject(const Uid& factor);

/// `number` comes from take_number("FAC") within the transaction.
log::NewEvent factor_added(const postmortem::Factor& factor, std::int64_t number);
log::NewEvent factor_dropped(const Uid& factor, std::string_view because, Instant at);

}  // namespace nines::store
