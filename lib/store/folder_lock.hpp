// One at a time in a folder, for work on whole files there.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/descriptor.hpp"

namespace nines::store {

/// The kernel gives the lock back when the process ends, however it does.
class FolderLock {
 public:
  /// Waits for others so long and no longer.
  explicit FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds wait = {});
  bool held() const { return held_; }

 private:
  Descriptor folder_;
  bool held_ = false;
};

}  // namespace nines::store
