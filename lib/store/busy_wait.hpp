// Waiting for a store that another process writes to: those who wait longest ask most often.
#pragma once

#include <chrono>

namespace nines::store {

/// SQLite's own handler sleeps ever longer, so that newcomers overtake whoever has waited; among
/// many writers one is then starved until its time is up. Must outlive the connection's statements.
class BusyWait {
 public:
  explicit BusyWait(std::chrono::milliseconds limit) : limit_(limit) {}

  /// For `handle`, a sqlite3*.
  void watch(void* handle);

 private:
  static int again(void* self, int asked);

  std::chrono::milliseconds limit_;
  std::chrono::steady_clock::time_point since_{};
};

}  // namespace nines::store
