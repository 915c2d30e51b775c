// From bytes to rows: each format yields the columns that are asked for, as views, in batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/segments.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

inline constexpr std::size_t kBatchRows = 1024;

/// Up to kBatchRows rows. columns[i][row] is the i-th column asked for; a null pointer as data says
/// that the row has no such value. Views live until the batch is delivered, and are followed by at
/// least 8 readable bytes.
struct Fields {
  std::size_t rows = 0;
  std::vector<std::vector<std::string_view>> columns;
  std::vector<std::string_view> lines;  ///< the whole record, for messages

  explicit Fields(std::size_t wanted)
      : columns(wanted, std::vector<std::string_view>(kBatchRows)), lines(kBatchRows) {}
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  /// Takes the rows; the decoder sets `rows` to 0 afterwards.
  virtual void rows(Fields& fields) = 0;
  /// A record that cannot be decoded. `line` lies inside the segment's text.
  virtual void reject(std::string_view line, std::string_view reason) = 0;
};

/// One per thread.
class Decoder {
 public:
  virtual ~Decoder() = default;
  /// All records of a segment. Rows never span two calls.
  virtual void decode(const Segment& segment, RowSink& sink) = 0;
  /// Names of all columns, as far as the file has told; empty when each record names its own.
  virtual std::vector<std::string> columns() const = 0;
};

/// Knows at once which of `wanted` the file has not: throws Error{bad_data} naming the column, with
/// close names, for formats whose columns are fixed beforehand. `header` is
/// SegmentReader::header().
std::unique_ptr<Decoder> make_decoder(const SourceSpec& spec, const std::string& header,
                                      const std::vector<std::string>& wanted);

/// How the files of this format are to be cut.
SegmentOptions segment_options(const SourceSpec& spec);

/// OpenMetrics counters depend on the sample before: one thread must see all segments in order.
bool needs_order(Format format);

/// Index of each wanted column among `names`; throws as make_decoder does.
std::vector<std::size_t> places_of(const std::vector<std::string>& wanted,
                                   const std::vector<std::string>& names,
                                   const std::string& source);

}  // namespace nines::ingest
