// The text of one file, and the way from byte offsets to lines and columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace nines::yaml {

/// Views `bytes`; the caller keeps them alive. Lines end at LF, CRLF or CR.
class Source {
 public:
  Source(std::string_view bytes, std::string_view file);

  std::string_view bytes() const { return bytes_; }
  const std::string& file() const { return file_; }

  /// Span of the bytes [begin, end). Line 0 when there is no text at all.
  Span span(std::size_t begin, std::size_t end) const;
  /// The line (1-based) without its end; empty when it is longer than 4096 bytes.
  std::string line(int number) const;
  /// First byte of the line that holds `offset`.
  std::size_t line_begin(std::size_t offset) const;
  /// First byte after the line that holds `offset`, its line end included.
  std::size_t line_end(std::size_t offset) const;

 private:
  const std::vector<std::uint32_t>& lines() const;
  std::size_t line_index(std::size_t offset) const;

  std::string_view bytes_;
  std::string file_;
  mutable std::vector<std::uint32_t> lines_;  ///< first byte of each line, made on first use
};

/// First byte that is not part of valid UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view bytes);

}  // namespace nines::yaml
