// Threads take the next index until none is left.
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "base/threads.hpp"

namespace nines {

std::size_t workers_for(std::size_t pieces) {
  constexpr std::size_t kFew = 16;
  return pieces < kFew ? 1 : std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

void in_parallel(std::size_t count, std::size_t workers,
                 const std::function<void(std::size_t, std::size_t)>& work) {
  std::vector<std::exception_ptr> failures(count);
  std::atomic<std::size_t> next{0};
  on_threads(std::max<std::size_t>(1, workers), [&](std::size_t worker) {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i, worker);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  });
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  in_parallel(count, workers_for(count), [&](std::size_t index, std::size_t) { work(index); });
}

}  // namespace nines
