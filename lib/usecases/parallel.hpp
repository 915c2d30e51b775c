// Pieces of work that do not depend on one another, on the cores there are.
#pragma once

#include <cstddef>
#include <functional>

namespace nines::usecases {

/// Calls `work` once for each index below `count`, on one thread when they are few. All of them
/// run; then the first failure by index is thrown.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace nines::usecases
