// What each replica had of the others' logs when it wrote: the first command after news says so.
//
// The clock orders events that nobody compared; only this tells an edit that replaced another one
// knowingly from one made apart. replica.caught_up {"seen": {"<replica>": <last seq>}} names the
// logs that grew since the replica's last event of that kind.
#pragma once

#include <optional>

#include "store/projection.hpp"

namespace nines::store {

/// Events of others came here after the last one of `own`, or it has none yet.
bool has_news(Db& db, const Uid& own);
/// The event that says how far `own` has the others' logs; empty when it said so already.
std::optional<log::NewEvent> caught_up(Db& db, const Uid& own);
/// Whether the writer of `later` had `earlier` in its log.
bool knew(Db& db, const log::EventRef& later, const log::EventRef& earlier);

void apply_caught_up(Db& db, const log::Event& event);  ///< of "replica/<uid>"
void forget_knowledge(Db& db, const Uid& replica);
extern const char* const kKnowledgeTables;

}  // namespace nines::store
