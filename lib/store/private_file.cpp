// Modes, owners, and durable writes, straight from the system's calls.
#include "store/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace nines::store {
namespace {

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void fail(ExitCode kind, const std::string& what, const std::filesystem::path& path) {
  throw Error(kind, what + " " + quoted(path) + ": " + std::strerror(errno),
              "check the folder, its permissions and the free space");
}

int open_temporary(std::string& name, const std::filesystem::path& beside) {
  const int fd = mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) fail(ExitCode::io, "cannot create a temporary file beside", beside);
  return fd;
}

void write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(ExitCode::io, "cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace

void create_private_file(const std::filesystem::path& path) {
  const Descriptor file{
      open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600)};
  if (file.get() >= 0) return;
  if (errno == EEXIST)
    throw Error(ExitCode::cannot_create, quoted(path) + " exists already",
                "name another file, or move that one away", "FILE_EXISTS");
  fail(ExitCode::cannot_create, "cannot create", path);
}

void create_private_folder(const std::filesystem::path& path) {
  if (path.empty() || std::filesystem::is_directory(path)) return;
  create_private_folder(path.parent_path());
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    fail(ExitCode::cannot_create, "cannot create the folder", path);
  sync_path(path.parent_path());  // else a power cut may take the folder with all that is in it
}

void check_private_file(const std::filesystem::path& path) {
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      throw Error(ExitCode::not_found, "no store at " + quoted(path),
                  "make one with nines init, or name one with --db FILE", "NO_STORE");
    fail(ExitCode::io, "cannot look at", path);
  }
  const auto refuse = [&](const std::string& why, const std::string& hint) {
    throw Error(ExitCode::config, "refusing to open " + quoted(path) + ": " + why, hint,
                "STORE_UNSAFE");
  };
  if (S_ISLNK(info.st_mode)) refuse("it is a symbolic link", "name the file itself with --db FILE");
  if (!S_ISREG(info.st_mode)) refuse("it is not a regular file", "name the store with --db FILE");
  if (info.st_uid != geteuid())
    refuse("it belongs to another user",
           "exchange events with that store by nines sync instead of sharing the file");
  if ((info.st_mode & 022) != 0) refuse("other users may write it", "chmod 600 " + path.string());
}

void sync_path(const std::filesystem::path& path) {
  const auto& name = path.empty() ? std::filesystem::path(".") : path;
  const Descriptor file{open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.get() < 0 || fsync(file.get()) != 0) fail(ExitCode::io, "cannot sync", name);
}

std::filesystem::path create_staged_file(const std::filesystem::path& stem) {
  auto name = stem.string() + ".XXXXXX";
  const Descriptor file{open_temporary(name, stem)};
  return name;
}

AtomicFile::AtomicFile(std::filesystem::path path, unsigned mode)
    : path_(std::move(path)),
      temporary_(path_.string() + ".XXXXXX"),
      fd_(open_temporary(temporary_, path_)) {
  if (mode != 0600) fchmod(fd_, mode);
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) { write_all(fd_, bytes, path_); }

void AtomicFile::commit() {
  if (fsync(fd_) != 0) fail(ExitCode::io, "cannot sync", path_);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(ExitCode::io, "cannot rename to", path_);
  close(std::exchange(fd_, -1));
  sync_path(path_.parent_path());
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                           unsigned mode) {
  AtomicFile file(path, mode);
  file.write(bytes);
  file.commit();
}

void append_private_line(const std::filesystem::path& path, const std::string& line) {
  const Descriptor file{
      open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600)};
  if (file.get() < 0) fail(ExitCode::cannot_create, "cannot create", path);
  write_all(file.get(), line + "\n", path);
  if (fsync(file.get()) != 0) fail(ExitCode::io, "cannot sync", path);
}

}  // namespace nines::store
