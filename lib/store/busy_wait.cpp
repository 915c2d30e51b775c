// Short naps of uneven length, shorter still after a while.
#include "store/busy_wait.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <thread>

namespace nines::store {

void BusyWait::watch(void* handle) {
  sqlite3_busy_handler(static_cast<sqlite3*>(handle), again, this);
}

int BusyWait::again(void* self, int asked) {
  using namespace std::chrono_literals;
  auto& wait = *static_cast<BusyWait*>(self);
  const auto now = std::chrono::steady_clock::now();
  if (asked == 0) wait.since_ = now;
  const auto waited = now - wait.since_;
  if (waited >= wait.limit_) return 0;
  // Uneven, so that processes which began together do not ask together for ever.
  const auto uneven = std::chrono::milliseconds{(asked * 7 + ::getpid()) % 9};
  std::this_thread::sleep_for(1ms + (waited < 300ms ? uneven : uneven / 4));
  return 1;
}

}  // namespace nines::store
