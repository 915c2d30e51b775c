// Which records are old and finished: what a small machine need not hold.
#pragma once

#include <vector>

#include "base/time.hpp"
#include "store/left_out.hpp"

namespace nines::store {

/// Whole records that had no news since `bound`, in nothing that belongs to them: what names one
/// another by its identifier, or is linked, belongs together. All of it is finished, no hold stands
/// over it, this version knows every kind of its events, and no evidence lies here alone.
std::vector<WholeRecord> old_records(const Store& store, Instant bound);

}  // namespace nines::store
