// The lines of a log, one after another, whatever their length, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ingest/byte_source.hpp"

namespace nines::ingest {

/// So much of a line is given; the rest is passed over, and the line counts as cut.
inline constexpr std::size_t kLongestLogLine = 64u << 10;

class LogLines {
 public:
  explicit LogLines(std::unique_ptr<ByteSource> source);

  /// The next line without its end, LF or CRLF, and without codes of colour; a last line needs no
  /// end. The view lives until the next call. False at the end of the data.
  bool next(std::string_view& line);

  std::uint64_t lines() const { return lines_; }  ///< given so far
  std::uint64_t cut() const { return cut_; }      ///< of them those that were longer
  std::uint64_t bytes() const { return bytes_; }  ///< decoded

 private:
  bool fill();
  void pass_over_rest();

  std::unique_ptr<ByteSource> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of what is not given yet
  std::size_t end_ = 0;
  bool ended_ = false;
  bool rest_follows_ = false;  ///< of a line whose begin was given
  std::uint64_t lines_ = 0;
  std::uint64_t cut_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace nines::ingest
