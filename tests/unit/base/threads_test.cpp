// Every share is done, whether a thread is to be had for it or not.
#include "base/threads.hpp"

#include <pthread.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace nines;

namespace {

/// New threads ask for a stack that no machine has, so that none can be started.
class NoThreads {
 public:
  NoThreads() {
    pthread_attr_t none;
    pthread_getattr_default_np(&usual_);
    pthread_attr_init(&none);
    pthread_attr_setstacksize(&none, std::size_t{1} << 50);
    pthread_setattr_default_np(&none);
    pthread_attr_destroy(&none);
  }
  ~NoThreads() {
    pthread_setattr_default_np(&usual_);
    pthread_attr_destroy(&usual_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t usual_;
};

}  // namespace

TEST_CASE("each share is done once, on a thread of its own") {
  std::vector<std::atomic<int>> done(5);
  std::vector<std::thread::id> ids(5);
  on_threads(5, [&](std::size_t n) {
    ++done[n];
    ids[n] = std::this_thread::get_id();
  });
  for (const auto& times : done) CHECK(times == 1);
  CHECK(ids[0] == std::this_thread::get_id());
  CHECK(ids[1] != ids[0]);
  on_threads(0, [](std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("where no thread can be started, one does it all") {
  const NoThreads none;
  std::vector<std::thread::id> ids(4);
  on_threads(4, [&](std::size_t n) { ids[n] = std::this_thread::get_id(); });
  for (const auto& id : ids) CHECK(id == std::this_thread::get_id());
}

TEST_CASE("the first failure is told once all shares have run") {
  std::atomic<int> ran = 0;
  const auto share = [&](std::size_t n) {
    ++ran;
    if (n > 1) throw std::runtime_error(std::to_string(n));
  };
  CHECK_THROWS_WITH(on_threads(4, share), "2");
  CHECK(ran == 4);
}
