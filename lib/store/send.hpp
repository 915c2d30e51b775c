// Handing out the events that are here to a place of exchange.
#pragma once

#include <cstdint>
#include <functional>

#include "domain/log/exchange.hpp"

namespace nines::store {

class Store;

/// Segments with the events of `replica` after `after`, in order, as far as their bodies are here:
/// how many events have to wait, from the first one that was left at a place. Throws Error{bad_data} when the
/// log here does not hold: what is damaged must not spread.
std::uint64_t send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put);

}  // namespace nines::store
