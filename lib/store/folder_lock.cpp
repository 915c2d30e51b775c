// A lock of the kernel's on the folder itself, so that no file is left behind.
#include "store/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <thread>

namespace nines::store {

FolderLock::FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds wait)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_.get() < 0) return;
  const auto until = std::chrono::steady_clock::now() + wait;
  while (!(held_ = ::flock(folder_.get(), LOCK_EX | LOCK_NB) == 0)) {
    if (std::chrono::steady_clock::now() >= until) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

}  // namespace nines::store
