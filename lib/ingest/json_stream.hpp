// JSON documents one after another, or one a line, in one stretch of bytes: a spool of payloads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace nines::ingest {

/// The document with what its members hold left out: `{"a":{},"b":1}` of `{"a":{"c":[2]},"b":1}`;
/// of a list its first item alone, in the same way. For telling what a large one is: it is not
/// checked, and what is broken inside does not show.
std::string outline(std::string_view document);

/// Finds where each document ends without reading it, so that a broken one costs only itself.
class JsonStream {
 public:
  /// The bytes must outlive the stream. A byte order mark and record separators (RFC 7464) are
  /// passed over.
  explicit JsonStream(std::string_view bytes);

  struct Piece {
    std::string_view text;
    int line = 1;  ///< it begins on
  };
  /// The next document, or the rest of a line that begins none.
  std::optional<Piece> next();

  /// Reads one: bytes that are no UTF-8 become U+FFFD. Throws Error{bad_data} placed in `file`; for
  /// one above `kLargest` too.
  static Json read(const Piece& piece, std::string_view file);
  static constexpr std::size_t kLargest = 64 << 20;

 private:
  void skip_blank();
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t line_end_ = 0;  ///< of the line that `at_` was on; sought once for each line
  int line_ = 1;
  bool one_a_line_ = false;
};

}  // namespace nines::ingest
