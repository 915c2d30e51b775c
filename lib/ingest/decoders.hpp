// The makers of single decoders, for make_decoder, and what they share.
#pragma once

#include <cctype>
#include <cstring>

#include "ingest/decoder.hpp"

namespace nines::ingest {

std::unique_ptr<Decoder> make_delimited(const SourceSpec& spec, const std::string& header,
                                        const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_access_log(const SourceSpec& spec,
                                         const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_w3c(const SourceSpec& spec, const std::string& header,
                                  const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_json_lines(const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_open_metrics(const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_pattern(const SourceSpec& spec,
                                      const std::vector<std::string>& wanted);
std::unique_ptr<Decoder> make_fixed(const SourceSpec& spec, const std::vector<std::string>& wanted);

inline constexpr std::string_view kNoValue{};  ///< a view whose data is null

/// Calls `each(line)` for every line without its end; empty lines are skipped.
template <class Each>
void for_each_line(std::string_view text, const Each& each) {
  while (!text.empty()) {
    const auto* end = static_cast<const char*>(std::memchr(text.data(), '\n', text.size()));
    const std::size_t size =
        end == nullptr ? text.size() : static_cast<std::size_t>(end - text.data());
    std::string_view line = text.substr(0, size);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) each(line);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
}

/// Text that had to be rewritten (unescaped, joined): lives until `clear`, never moves.
class Scratch {
 public:
  std::string_view keep(std::string_view text) {
    const std::size_t need = text.size() + 16;
    if (blocks_.empty() || used_ + need > sizes_.back()) {
      sizes_.push_back(std::max<std::size_t>(need, 64 * 1024));
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(sizes_.back()));
      used_ = 0;
    }
    char* to = blocks_.back().get() + used_;
    std::memcpy(to, text.data(), text.size());
    std::memset(to + text.size(), 0, 16);
    used_ += need;
    return {to, text.size()};
  }
  void clear() {
    if (blocks_.size() > 1) {
      blocks_.erase(blocks_.begin() + 1, blocks_.end());
      sizes_.resize(1);
    }
    used_ = 0;
  }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::size_t> sizes_;
  std::size_t used_ = 0;
};

/// Collects rows and delivers them when the batch is full.
class Batcher {
 public:
  explicit Batcher(std::size_t wanted) : fields_(wanted) {}

  /// The next row, all of whose columns the caller must set before `push`.
  std::size_t row() const { return fields_.rows; }
  std::string_view& at(std::size_t column) { return fields_.columns[column][fields_.rows]; }
  std::size_t wanted() const { return fields_.columns.size(); }
  void push(std::string_view line, RowSink& sink) {
    fields_.lines[fields_.rows] = line;
    if (++fields_.rows == kBatchRows) flush(sink);
  }
  /// Several rows at once: where the next ones begin, how many there may be, and that they are
  /// there.
  std::string_view* column(std::size_t i) { return fields_.columns[i].data() + fields_.rows; }
  std::string_view* lines() { return fields_.lines.data() + fields_.rows; }
  std::size_t room() const { return kBatchRows - fields_.rows; }
  void pushed(std::size_t rows, RowSink& sink) {
    fields_.rows += rows;
    if (fields_.rows == kBatchRows) flush(sink);
  }
  void flush(RowSink& sink) {
    if (fields_.rows > 0) sink.rows(fields_);
    fields_.rows = 0;
    scratch.clear();
  }
  Fields& fields() { return fields_; }

  Scratch scratch;

 private:
  Fields fields_;
};

}  // namespace nines::ingest
