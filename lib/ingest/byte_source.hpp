// The decoded bytes of a file, a pipe or standard input: plain, gzip or zstd, known by its content.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nines::ingest {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills `buffer` as far as there are bytes; fewer than `size` only at the end. Throws Error: io,
  /// bad_data for compressed data that is damaged or ends early.
  virtual std::size_t read(char* buffer, std::size_t size) = 0;
  /// Bytes taken from the disk or pipe so far, before decompression.
  virtual std::uint64_t taken() const = 0;
  /// Bytes there are to take, where that is known.
  virtual std::optional<std::uint64_t> available() const = 0;
};

/// "-" is standard input. Throws Error: not_found, io (a folder, no permission).
std::unique_ptr<ByteSource> open_bytes(const std::string& path);
/// Reads what is left in a stream, compressed or not; the stream must outlive the source.
std::unique_ptr<ByteSource> open_stream(std::istream& in);
/// Reads a text in memory, compressed or not; the text must outlive the source.
std::unique_ptr<ByteSource> open_memory(std::string_view bytes);

}  // namespace nines::ingest
