// Making one segment of several: a log that is sent a few events at a time would become a crowd of
// tiny files.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/log/exchange.hpp"

namespace nines::log {

/// How many of the last of these (of one replica, each where the one before it ends) are to become
/// one: none, or two and more. Each event is written anew a few times at most until it lies in a
/// full segment, since a piece is joined only to as many events as it has itself.
std::size_t tail_to_join(std::span<const SegmentName> names);

/// Empty when they do not continue one another, or one is damaged, or there are too many events.
std::optional<SegmentFile> join_segments(std::span<const SegmentFile> segments);

}  // namespace nines::log
