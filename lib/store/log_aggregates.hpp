// The aggregates about the log itself: undone commands, erased events, actors, replicas.
#pragma once

#include <optional>
#include <string>

#include "base/uid.hpp"
#include "store/projection.hpp"

namespace nines::store {

const Aggregate& tx_aggregate();       ///< "tx/<tx>": log.undone, log.redone
const Aggregate& erased_aggregate();   ///< "event/<replica>:<seq>": log.erased
const Aggregate& actor_aggregate();    ///< "actor/<uid>": actor.named
const Aggregate& replica_aggregate();  ///< "replica/<uid>": replica.joined, replica.caught_up

/// The uid that this replica gave to a name, if it has met it.
std::optional<Uid> find_actor(Db& db, const Uid& replica, const std::string& name);
/// The name behind an actor, or its uid when the name was erased; "nines" where nobody acted.
std::string actor_name(Db& db, const Uid& actor);

}  // namespace nines::store
