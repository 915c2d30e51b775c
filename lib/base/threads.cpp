// Starts what it can, and does the rest itself.
#include "base/threads.hpp"

#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace nines {

void on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> failures(count);
  const auto run = [&](std::size_t n) {
    try {
      work(n);
    } catch (...) {
      failures[n] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(count);
    std::size_t started = 1;
    try {
      for (; started < count; ++started) threads.emplace_back(run, started);
    } catch (const std::system_error&) {
      // A limit on threads or memory: fewer of them do the same.
    }
    if (count > 0) run(0);
    for (; started < count; ++started) run(started);
  }
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace nines
