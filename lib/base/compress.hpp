// Compressed blocks: zstd with a checksum, and a cap on what a block may grow to.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nines {

/// One compressor, set for streams of small numbers; reuse it, but not from two threads.
class Compressor {
 public:
  Compressor();
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  /// Replaces `out` by a frame with content size and checksum.
  void compress(std::string_view bytes, std::string& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Decompressor {
 public:
  Decompressor();
  ~Decompressor();
  Decompressor(Decompressor&&) noexcept;
  /// Replaces `out`; false when the frame is damaged or announces more than `limit` bytes.
  bool decompress(std::string_view frame, std::size_t limit, std::string& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nines
