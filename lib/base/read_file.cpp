// Reads a file of known size at once and a stream in growing pieces, never more than one byte past
// the limit.
#include "base/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <istream>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace nines {
namespace {

constexpr std::size_t kFirstPiece = 4096;

/// `read(to, size)` gives how much it put there, and 0 at the end.
template <class Read>
std::string read_all(std::size_t limit, std::size_t expected, Read&& read) {
  const auto most = limit == kNoLimit ? limit : limit + 1;
  std::string text(std::min(std::max(kFirstPiece, expected + 1), most), '\0');
  std::size_t filled = 0;
  while (filled < most) {
    if (filled == text.size()) text.resize(std::min(text.size() * 4, most));
    const std::size_t got = read(text.data() + filled, text.size() - filled);
    if (got == 0) break;
    filled += got;
  }
  text.resize(filled);
  return text;
}

constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NOCTTY;

Error unreadable(const std::filesystem::path& path, int error) {
  const auto name = "'" + path.string() + "'";
  if (error == ENOENT) return {ExitCode::not_found, "no file " + name, "check the name"};
  return {ExitCode::io, "cannot read " + name + ": " + std::strerror(error),
          "check the file and its permissions"};
}

std::string read_opened(int file, const std::filesystem::path& path, std::size_t limit) {
  struct stat info {};
  const bool sized = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode);
  return read_all(limit, sized ? static_cast<std::size_t>(info.st_size) : 0,
                  [&](char* to, std::size_t size) {
                    for (;;) {
                      const ssize_t got = ::read(file, to, size);
                      if (got >= 0) return static_cast<std::size_t>(got);
                      if (errno != EINTR) throw unreadable(path, errno);
                    }
                  });
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), kReading));
  if (file.get() < 0) throw unreadable(path, errno);
  return read_opened(file.get(), path, limit);
}

std::string read_regular_file(const std::filesystem::path& path, std::size_t limit) {
  const auto refusal = [&] {
    return Error(
        ExitCode::bad_data, "'" + path.string() + "' is no regular file",
        "a pipe, a device or a link is not read here; delete it, or copy what it stands for",
        "NO_REGULAR_FILE");
  };
  const Descriptor file(::open(path.c_str(), kReading | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0) throw errno == ELOOP ? refusal() : unreadable(path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) throw unreadable(path, errno);
  if (!S_ISREG(info.st_mode)) throw refusal();
  return read_opened(file.get(), path, limit);
}

std::string read_stream(std::istream& in, std::size_t limit) {
  return read_all(limit, 0, [&](char* to, std::size_t size) {
    in.read(to, static_cast<std::streamsize>(size));
    if (in.bad())
      throw Error(ExitCode::io, "cannot read the input to its end",
                  "check that it is a file or a pipe, and that its disk is sound");
    return static_cast<std::size_t>(in.gcount());
  });
}

}  // namespace nines
