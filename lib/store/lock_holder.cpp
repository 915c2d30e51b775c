// Reads the kernel's table of locks. Opening the locked file to ask would drop this process's own
// locks when it is closed again, as POSIX has it.
#include "store/lock_holder.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

namespace nines::store {

std::string lock_holder(const std::filesystem::path& store) {
  constexpr int kWriteLockByte = 120;  // SQLite's WAL index format: WAL_WRITE_LOCK
  struct stat shm {};
  if (stat((store.string() + "-shm").c_str(), &shm) != 0) return {};
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream fields(line);
    std::string number, type, mode, access, pid, file, begin;
    fields >> number >> type >> mode >> access >> pid >> file >> begin;
    const auto inode = file.substr(file.rfind(':') + 1);
    if (access != "WRITE" || inode != std::to_string(shm.st_ino)) continue;
    if (begin != std::to_string(kWriteLockByte)) continue;
    std::string name;
    std::getline(std::ifstream("/proc/" + pid + "/comm") >> std::ws, name);
    return "process " + pid + (name.empty() ? "" : " (" + name + ")") + " is writing; ";
  }
  return {};
}

}  // namespace nines::store
