// Many exchanges at once, within a limit, tried again with back-off, within one deadline.
#pragma once

#include <functional>
#include <vector>

#include "engine/transfer.hpp"

namespace nines::engine {

struct Plan {
  std::vector<Request> requests;
  Settings settings;
  int parallel = 4;
  std::chrono::milliseconds deadline{300'000};  ///< for all: no try begins that cannot end in time
};

struct Done {
  std::size_t index = 0;  ///< of the request
  int tries = 0;
  Answer answer;
};

/// Calls `done` once per request, in the order in which they end.
void run(const Plan& plan, const std::function<void(Done&&)>& done);

}  // namespace nines::engine
