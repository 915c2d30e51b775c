// Cuts decoded bytes into segments of whole lines, the same way every time, and fingerprints them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "ingest/buffer.hpp"
#include "ingest/byte_source.hpp"

namespace nines::ingest {

/// Fingerprint of one segment; the list of a file names its content.
struct SegmentPrint {
  std::uint64_t bytes = 0;
  Hash128 hash{};

  friend bool operator==(const SegmentPrint&, const SegmentPrint&) = default;
};
using Chain = std::vector<SegmentPrint>;

inline constexpr std::size_t kSegmentBytes = 1 << 20;

/// How records end, since a newline inside quotes ends none.
enum class Framing { lines, quoted };

/// One segment; reuse it from call to call.
struct Segment {
  Buffer buffer;           ///< all bytes of the segment, and padding
  std::string_view text;   ///< whole records; empty for a line beyond the limit
  std::size_t index = 0;   ///< place in the file's chain
  bool known = false;      ///< counted by an earlier import: decode for state only
  bool has_quotes = true;  ///< Framing::quoted: false = no quote character anywhere in it
  bool oversized = false;  ///< one line longer than kSegmentBytes, left out
  std::string header;      ///< header lines in force at its begin
};

struct SegmentOptions {
  Framing framing = Framing::lines;
  char quote = '"';
  bool header_line = false;     ///< the first line names the columns and is not part of any text
  std::string header_prefix;    ///< "#Fields:": such lines set the header wherever they stand
  bool take_last_line = false;  ///< the file is complete: count a last line without its newline
  std::vector<Chain> known;     ///< chains of earlier imports that this file may continue
};

/// Thread-safe: `next` hands each segment to one caller.
class SegmentReader {
 public:
  SegmentReader(std::unique_ptr<ByteSource> source, SegmentOptions options);

  /// False at the end of the data.
  bool next(Segment& segment);

  /// Called under the reader's lock after each segment, with bytes taken and available.
  void on_progress(std::function<void(std::uint64_t, std::optional<std::uint64_t>)> progress);

  // After the end:
  const Chain& chain() const { return chain_; }  ///< all segments, known and new
  std::size_t known_segments() const { return known_; }
  /// After known segments come others than in a file that was imported before: this one is a
  /// shorter copy of it, or was written anew from there on.
  bool departs() const { return departs_; }
  std::uint64_t incomplete_bytes() const { return incomplete_; }  ///< of a last line left alone
  const std::string& header() const { return header_; }
  std::uint64_t bytes() const;  ///< decoded bytes in whole records

 private:
  void start();
  void fill(std::size_t want);
  std::size_t cut(bool& has_quotes) const;
  bool take_known(Segment& segment);
  bool take_new(Segment& segment);
  void take_oversized(Segment& segment);
  void emit(Segment& segment, std::size_t size);
  void take_header(Segment& segment);

  std::mutex mutex_;
  std::unique_ptr<ByteSource> source_;
  SegmentOptions options_;
  std::function<void(std::uint64_t, std::optional<std::uint64_t>)> progress_;
  Buffer window_;       ///< undelivered bytes from a record's begin on
  bool ended_ = false;  ///< the source has no more
  bool started_ = false;
  std::string header_;
  std::vector<const Chain*> followed_;  ///< known chains that agree so far
  Chain chain_;
  std::size_t known_ = 0;
  bool departs_ = false;
  std::uint64_t incomplete_ = 0;
};

}  // namespace nines::ingest
