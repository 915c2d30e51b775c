// Frames over a stream socket; nothing is believed about a size before the bytes have come.
#include "base/frames.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace nines {
namespace {

constexpr std::size_t kSizeBytes = 4;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

void put_size(std::string& out, std::size_t size) {
  for (std::size_t i = 0; i < kSizeBytes; ++i) out += static_cast<char>((size >> (8 * i)) & 0xFF);
}

std::size_t size_at(std::string_view bytes) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < kSizeBytes; ++i)
    size |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return size;
}

bool wait_for(int socket, short event, Micros patience) {
  pollfd waiting{socket, event, 0};
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(patience).count();
  for (;;) {
    const int n = poll(&waiting, 1, patience == Micros{0} ? -1 : static_cast<int>(ms));
    if (n >= 0 || errno != EINTR) return n != 0;
  }
}

/// Appends exactly `size` bytes, in pieces, so that a size alone takes no memory.
ReadFrame::End read_bytes(int socket, std::size_t size, Micros patience, std::string& out) {
  while (size > 0) {
    if (!wait_for(socket, POLLIN, patience)) return ReadFrame::End::timed_out;
    const auto before = out.size();
    out.resize(before + std::min(size, kPieceBytes));
    const auto n = recv(socket, out.data() + before, out.size() - before, 0);
    out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return ReadFrame::End::closed;
    size -= static_cast<std::size_t>(n);
  }
  return ReadFrame::End::frame;
}

}  // namespace

std::string encode_frame(const Frame& frame) {
  std::size_t size = 1;
  for (const auto& field : frame.fields) size += kSizeBytes + field.size();
  std::string out;
  out.reserve(kSizeBytes + size);
  put_size(out, size);
  out += frame.kind;
  for (const auto& field : frame.fields) {
    put_size(out, field.size());
    out += field;
  }
  return out;
}

std::optional<Frame> decode_frame(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  Frame frame{bytes.front()};
  bytes.remove_prefix(1);
  while (!bytes.empty()) {
    if (bytes.size() < kSizeBytes) return std::nullopt;
    const auto size = size_at(bytes);
    bytes.remove_prefix(kSizeBytes);
    if (size > bytes.size()) return std::nullopt;
    frame.fields.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return frame;
}

Written write_frame(int socket, const Frame& frame, Micros patience) {
  const auto bytes = encode_frame(frame);
  std::string_view left = bytes;
  while (!left.empty()) {
    if (!wait_for(socket, POLLOUT, patience)) return Written::timed_out;
    const auto n = send(socket, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n < 0) return Written::gone;
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  return Written::done;
}

ReadFrame read_frame(int socket, Micros patience) {
  std::string bytes;
  if (const auto end = read_bytes(socket, kSizeBytes, patience, bytes);
      end != ReadFrame::End::frame)
    return {end == ReadFrame::End::closed && !bytes.empty() ? ReadFrame::End::malformed : end};
  const auto size = size_at(bytes);
  if (size > kLargestFrame) return {ReadFrame::End::malformed};
  bytes.clear();
  if (const auto end = read_bytes(socket, size, patience, bytes); end != ReadFrame::End::frame)
    return {end == ReadFrame::End::closed ? ReadFrame::End::malformed : end};
  auto frame = decode_frame(bytes);
  if (!frame) return {ReadFrame::End::malformed};
  return {ReadFrame::End::frame, std::move(*frame)};
}

}  // namespace nines
