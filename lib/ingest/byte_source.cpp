// Reads files by large preads, and unpacks gzip (several members too) and zstd on the way.
#include "ingest/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <istream>
#include <vector>

#include <fmt/core.h>

#include "base/error.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kChunk = 256 * 1024;

class FileBytes final : public ByteSource {
 public:
  FileBytes(int fd, std::string name, std::optional<std::uint64_t> size)
      : fd_(fd), name_(std::move(name)), size_(size) {}
  ~FileBytes() override {
    if (fd_ > STDIN_FILENO) ::close(fd_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::size_t read(char* buffer, std::size_t size) override {
    std::size_t got = 0;
    while (got < size) {
      const ssize_t n = ::read(fd_, buffer + got, size - got);
      if (n == 0) break;
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        throw Error(ExitCode::io, fmt::format("cannot read '{}': {}", name_, std::strerror(errno)));
      }
      got += static_cast<std::size_t>(n);
    }
    taken_ += got;
    return got;
  }
  std::uint64_t taken() const override { return taken_; }
  std::optional<std::uint64_t> available() const override { return size_; }

 private:
  int fd_;
  std::string name_;
  std::optional<std::uint64_t> size_;
  std::uint64_t taken_ = 0;
};

class MemoryBytes final : public ByteSource {
 public:
  explicit MemoryBytes(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t n = bytes_.copy(buffer, size, taken_);
    taken_ += n;
    return n;
  }
  std::uint64_t taken() const override { return taken_; }
  std::optional<std::uint64_t> available() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t taken_ = 0;
};

class StreamBytes final : public ByteSource {
 public:
  explicit StreamBytes(std::istream& in) : in_(in) {}
  std::size_t read(char* buffer, std::size_t size) override {
    in_.read(buffer, static_cast<std::streamsize>(size));
    const auto n = static_cast<std::size_t>(in_.gcount());
    taken_ += n;
    if (in_.bad()) throw Error(ExitCode::io, "cannot read standard input", "try a file instead");
    return n;
  }
  std::uint64_t taken() const override { return taken_; }
  std::optional<std::uint64_t> available() const override { return std::nullopt; }

 private:
  std::istream& in_;
  std::uint64_t taken_ = 0;
};

/// Gives back the bytes that were looked at to tell the format.
class Rewound final : public ByteSource {
 public:
  Rewound(std::unique_ptr<ByteSource> inner, std::string head)
      : inner_(std::move(inner)), head_(std::move(head)) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t n = head_.copy(buffer, size, at_);
    at_ += n;
    return n + inner_->read(buffer + n, size - n);
  }
  std::uint64_t taken() const override { return inner_->taken(); }
  std::optional<std::uint64_t> available() const override { return inner_->available(); }

 private:
  std::unique_ptr<ByteSource> inner_;
  std::string head_;
  std::size_t at_ = 0;
};

[[noreturn]] void damaged(std::string_view format, std::string_view why) {
  throw Error(
      ExitCode::bad_data, fmt::format("the {} data {}", format, why),
      "nothing was imported; wait until the file is complete, or unpack it to see how far it goes",
      "COMPRESSED_DAMAGED");
}

class Gunzip final : public ByteSource {
 public:
  explicit Gunzip(std::unique_ptr<ByteSource> inner) : inner_(std::move(inner)), packed_(kChunk) {
    constexpr int kGzipOnly = 15 + 16;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  std::size_t read(char* buffer, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out > 0 && !done_) step();
    return size - stream_.avail_out;
  }
  std::uint64_t taken() const override { return inner_->taken(); }
  std::optional<std::uint64_t> available() const override { return inner_->available(); }

 private:
  void step() {
    if (stream_.avail_in == 0) {
      const std::size_t n = inner_->read(packed_.data(), packed_.size());
      stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
      stream_.avail_in = static_cast<uInt>(n);
      if (n == 0) {
        if (in_member_) damaged("gzip", "ends early");
        done_ = true;
        return;
      }
    }
    if (!in_member_) {
      // Zeros may pad a tape block; the next member begins with its magic number.
      while (stream_.avail_in > 0 && members_ > 0 && *stream_.next_in == 0) {
        ++stream_.next_in, --stream_.avail_in;
      }
      if (stream_.avail_in == 0) return;
      inflateReset(&stream_);
      in_member_ = true;
    }
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      in_member_ = false;
      ++members_;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      damaged("gzip",
              stream_.msg != nullptr ? fmt::format("is damaged: {}", stream_.msg) : "is damaged");
    }
  }

  std::unique_ptr<ByteSource> inner_;
  std::vector<char> packed_;
  z_stream stream_{};
  bool in_member_ = false;
  bool done_ = false;
  std::size_t members_ = 0;
};

class Unzstd final : public ByteSource {
 public:
  explicit Unzstd(std::unique_ptr<ByteSource> inner)
      : inner_(std::move(inner)), packed_(kChunk), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
    constexpr int kLargestWindow = 27;  // 128 MiB: what `zstd --long` writes by default
    ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kLargestWindow);
  }
  ~Unzstd() override { ZSTD_freeDStream(stream_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  std::size_t read(char* buffer, std::size_t size) override {
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos < out.size) {
      if (in_.pos == in_.size) {
        in_ = {packed_.data(), inner_->read(packed_.data(), packed_.size()), 0};
        if (in_.size == 0 && !open_frame_) break;
        if (in_.size == 0) {
          const std::size_t before = out.pos;
          open_frame_ = step(out) != 0;
          if (open_frame_ && out.pos == before) damaged("zstd", "ends early");
          continue;
        }
      }
      open_frame_ = step(out) != 0;
    }
    return out.pos;
  }
  std::uint64_t taken() const override { return inner_->taken(); }
  std::optional<std::uint64_t> available() const override { return inner_->available(); }

 private:
  std::size_t step(ZSTD_outBuffer& out) {
    const std::size_t left = ZSTD_decompressStream(stream_, &out, &in_);
    if (ZSTD_isError(left)) damaged("zstd", fmt::format("is damaged: {}", ZSTD_getErrorName(left)));
    return left;
  }

  std::unique_ptr<ByteSource> inner_;
  std::vector<char> packed_;
  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool open_frame_ = false;
};

std::unique_ptr<ByteSource> unpacked(std::unique_ptr<ByteSource> raw) {
  std::string head(4, '\0');
  head.resize(raw->read(head.data(), head.size()));
  const std::string_view seen = head;
  const bool gzip = seen.substr(0, 2) == "\x1f\x8b";
  const bool zstd = seen == "\x28\xb5\x2f\xfd";
  auto whole = std::make_unique<Rewound>(std::move(raw), std::move(head));
  if (gzip) return std::make_unique<Gunzip>(std::move(whole));
  if (zstd) return std::make_unique<Unzstd>(std::move(whole));
  return whole;
}

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::string& path) {
  if (path == "-")
    return unpacked(std::make_unique<FileBytes>(STDIN_FILENO, "standard input", std::nullopt));
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int why = errno;
    throw Error(why == ENOENT ? ExitCode::not_found : ExitCode::io,
                fmt::format("cannot open '{}': {}", path, std::strerror(why)));
  }
  struct stat info {};
  std::optional<std::uint64_t> size;
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
    size = static_cast<std::uint64_t>(info.st_size);
  auto file = std::make_unique<FileBytes>(fd, path, size);
  if (S_ISDIR(info.st_mode)) {
    throw Error(ExitCode::io, fmt::format("'{}' is a folder", path), "name the files in it");
  }
  if (size) ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return unpacked(std::move(file));
}

std::unique_ptr<ByteSource> open_stream(std::istream& in) {
  return unpacked(std::make_unique<StreamBytes>(in));
}

std::unique_ptr<ByteSource> open_memory(std::string_view bytes) {
  return unpacked(std::make_unique<MemoryBytes>(bytes));
}

}  // namespace nines::ingest
