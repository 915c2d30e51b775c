// Runs a whole text through segments and a decoder, and keeps every row and reject.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/decoder.hpp"

namespace nines::test {

using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;

struct Decoded {
  std::vector<Row> rows;
  std::vector<std::pair<std::string, std::string>> rejects;  ///< line, reason
  std::uint64_t incomplete = 0;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

class Keep final : public ingest::RowSink {
 public:
  Keep(Decoded& out, std::size_t columns) : out_(out), columns_(columns) {}
  void rows(ingest::Fields& fields) override {
    for (std::size_t i = 0; i < fields.rows; ++i) {
      Row row;
      for (std::size_t c = 0; c < columns_; ++c) {
        const std::string_view text = fields.columns[c][i];
        row.push_back(text.data() ? Cell(std::string(text)) : Cell());
      }
      out_.rows.push_back(std::move(row));
    }
  }
  void reject(std::string_view line, std::string_view reason) override {
    out_.rejects.emplace_back(line, reason);
  }

 private:
  Decoded& out_;
  std::size_t columns_;
};

/// The segments of `text`, which is cut once more behind byte `cut` (at a line end) when given.
inline Decoded decode(const ingest::SourceSpec& spec, std::string_view text,
                      const std::vector<std::string>& wanted, bool take_last_line = true) {
  Decoded out;
  auto options = ingest::segment_options(spec);
  options.take_last_line = take_last_line;
  ingest::SegmentReader reader(ingest::open_memory(text), options);
  ingest::Segment segment;
  std::unique_ptr<ingest::Decoder> decoder;
  Keep keep(out, wanted.size());
  while (reader.next(segment)) {
    if (segment.oversized) {
      out.rejects.emplace_back("", "oversized");
      continue;
    }
    if (!decoder) decoder = ingest::make_decoder(spec, segment.header, wanted);
    decoder->decode(segment, keep);
  }
  out.incomplete = reader.incomplete_bytes();
  return out;
}

}  // namespace nines::test
