// Handing out the events that are here to a place of exchange.
#pragma once

#include <cstdint>
#include <functional>

#include "domain/log/exchange.hpp"

namespace nines::store {

class Store;

/// Segments with the events of `replica` after `after`, in order. Throws Error{bad_data} when the
/// log here does not hold: what is damaged must not spread.
void send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put);

}  // namespace nines::store
