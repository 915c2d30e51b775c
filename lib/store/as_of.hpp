// What was known at an instant: the log up to then, folded into memory.
#pragma once

#include "base/time.hpp"
#include "store/db.hpp"

namespace nines::store {

/// A private database whose projections hold exactly what the events with hlc <= `as_of` say. The
/// file stays attached for stored content. Throws Error{not_found} when nothing was known then.
Db replay_as_of(Db file, Instant as_of);

}  // namespace nines::store
