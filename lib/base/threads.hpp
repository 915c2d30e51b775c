// Work that is shared out among threads, as many as there are to be had.
#pragma once

#include <cstddef>
#include <functional>

namespace nines {

/// Calls `work(n)` once for each n below `count`: 0 on this thread, each other on a thread of its
/// own. Where the system gives no more threads, the rest are called here, one after the other. All
/// of them run; then the first failure by n is thrown.
void on_threads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace nines
