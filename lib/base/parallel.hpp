// Pieces of work that do not depend on one another, on the cores there are.
#pragma once

#include <cstddef>
#include <functional>

#include "base/export.hpp"

namespace nines {

/// How many threads suit this many pieces: 1 for few, else one for each core, at most 8.
std::size_t workers_for(std::size_t pieces);

/// Calls `work(index, worker)` once for each index below `count`; calls of one worker, below
/// `workers`, never overlap, so what it needs can be its own. Where fewer threads are to be had,
/// fewer workers do it. All of them run; then the first failure by index is thrown.
void in_parallel(std::size_t count, std::size_t workers,
                 const std::function<void(std::size_t index, std::size_t worker)>& work);

/// The same where no worker needs anything of its own.
NINES_EXPORT void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace nines
