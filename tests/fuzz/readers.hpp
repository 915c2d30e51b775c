// What every reader of raw files promises, whatever the bytes: sound views, no lost lines.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "ingest/decoder.hpp"

namespace nines::fuzz {

struct Outcome {
  std::vector<std::string> cells;  ///< all rows, cell by cell; a missing cell is "\1missing"
  std::vector<std::string> rejects;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

class CopyingSink final : public ingest::RowSink {
 public:
  CopyingSink(Outcome& out, std::size_t columns) : out_(out), columns_(columns) {}
  void rows(ingest::Fields& fields) override {
    for (std::size_t row = 0; row < fields.rows; ++row) {
      check(fields.lines[row].data() != nullptr, "a row names its line");
      for (std::size_t c = 0; c < columns_; ++c) {
        const std::string_view cell = fields.columns[c][row];
        out_.cells.emplace_back(cell.data() ? cell : std::string_view("\1missing"));
      }
    }
  }
  void reject(std::string_view line, std::string_view reason) override {
    check(!reason.empty(), "a reject has a reason");
    out_.rejects.emplace_back(line);
  }

 private:
  Outcome& out_;
  std::size_t columns_;
};

/// All rows of `text`; columns that a header lacks end the reading with an Error, which is fine.
inline Outcome read_all(const ingest::SourceSpec& spec, std::string_view text,
                        const std::vector<std::string>& wanted) {
  Outcome out;
  auto options = ingest::segment_options(spec);
  options.take_last_line = true;
  ingest::SegmentReader reader(ingest::open_memory(text), options);
  ingest::Segment segment;
  std::unique_ptr<ingest::Decoder> decoder;
  CopyingSink sink(out, wanted.size());
  while (reader.next(segment)) {
    if (!decoder) decoder = ingest::make_decoder(spec, segment.header, wanted);
    if (!segment.oversized) decoder->decode(segment, sink);
  }
  return out;
}

/// Reads the text twice: as it stands, and with CRLF line ends, which must make no difference.
inline void check_reader(const ingest::SourceSpec& spec, std::string_view text,
                         const std::vector<std::string>& wanted) {
  if (text.size() > 64 * 1024 || text.starts_with("\x1f\x8b") ||
      text.starts_with("\x28\xb5\x2f\xfd"))
    return;
  Outcome once;
  try {
    once = read_all(spec, text, wanted);
  } catch (const Error& error) {
    check(error.kind() == ExitCode::bad_data, "bytes of a file are never anything but bad data");
    return;
  }
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  check(once.cells.size() / std::max<std::size_t>(wanted.size(), 1) + once.rejects.size() <= lines,
        "no line gives two rows");
  if (text.find('\r') != std::string_view::npos || text.find('"') != std::string_view::npos) return;
  std::string carriage;
  for (const char c : text) {
    if (c == '\n') carriage += '\r';
    carriage += c;
  }
  check(read_all(spec, carriage, wanted) == once, "CRLF reads like LF");
}

}  // namespace nines::fuzz
