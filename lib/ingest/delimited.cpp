// CSV (RFC 4180) and TSV: separator bit masks where no quote is near, a careful walk elsewhere.
#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/decoders.hpp"
#include "ingest/separators.hpp"

namespace nines::ingest {
namespace {

/// Fields of one header line, quotes removed.
std::vector<std::string> header_names(std::string_view line, char delimiter, bool quoted) {
  std::vector<std::string> names(1);
  bool inside = false;
  for (const char c : line) {
    if (quoted && c == '"') {
      inside = !inside;
    } else if (c == delimiter && !inside) {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  for (std::string& name : names) name = std::string(trim(name));
  return names;
}

/// The field before each of `rows` separators, which stand `fields` apart. A function of its own,
/// so that all it needs stays in registers.
[[gnu::noinline]] void cut_column(const char* data, const std::uint32_t* stop, std::size_t fields,
                                  std::size_t rows, std::string_view* to) {
  for (const std::string_view* const end = to + rows; to != end; ++to, stop += fields) {
    const std::uint32_t from = stop[-1] + 1;
    *to = {data + from, *stop - from};
  }
}

class Delimited final : public Decoder {
 public:
  Delimited(const SourceSpec& spec, const std::string& header,
            const std::vector<std::string>& wanted)
      : delimiter_(spec.delimiter),
        quoted_(spec.format == Format::csv),
        batch_(wanted.size()),
        find_(find_separators()),
        separators_(kWindow + 64) {
    if (spec.header) {
      names_ = header_names(header, delimiter_, quoted_);
    } else {
      for (const ColumnSpec& column : spec.columns) names_.push_back(column.name);
    }
    places_ = places_of(wanted, names_, spec.name);
  }

  std::vector<std::string> columns() const override { return names_; }

  void decode(const Segment& segment, RowSink& sink) override {
    if (quoted_ && segment.has_quotes &&
        std::memchr(segment.text.data(), '"', segment.text.size()) != nullptr) {
      decode_quoted(segment.text, sink);
    } else {
      decode_plain(segment.text, sink);
    }
    batch_.flush(sink);
  }

 private:
  static constexpr std::size_t kWindow = 32 * 1024;

  /// No quotes: records end at newlines, fields at delimiters.
  void decode_plain(std::string_view text, RowSink& sink) {
    while (!text.empty()) {
      std::size_t size = std::min(text.size(), kWindow);
      if (size < text.size()) {
        const std::size_t newline = text.substr(0, size).rfind('\n');
        if (newline == std::string_view::npos) {  // a line longer than the window
          const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
          walk_line(text.substr(0, end), sink);
          text.remove_prefix(end);
          continue;
        }
        size = newline + 1;
      }
      decode_window(text.substr(0, size), sink);
      text.remove_prefix(size);
    }
  }

  void decode_window(std::string_view text, RowSink& sink) {
    const char* data = text.data();
    const Separators found = find_(data, text.size(), delimiter_, separators_.data());
    const std::size_t fields = names_.size();
    const std::uint32_t* at = separators_.data();
    const std::uint32_t* const end = at + found.all;
    const bool all_rows = are_rows(data, found, fields);
    std::uint32_t begin = 0;
    while (static_cast<std::size_t>(end - at) >= fields) {
      if (all_rows || is_row(data, at, fields)) {
        const std::size_t rows = take_rows(data, begin, at, end, all_rows);
        at += rows * fields;
        begin = at[-1] + 1;
        batch_.pushed(rows, sink);
      } else {
        at = odd_row(text, begin, at, end, sink);
      }
    }
    if (begin < text.size()) {
      for_each_line(text.substr(begin), [&](std::string_view line) { walk_line(line, sink); });
    }
  }

  /// Whether all that was found is rows: when each one ends where it should, no newline is left
  /// that could stand elsewhere.
  bool are_rows(const char* data, const Separators& found, std::size_t fields) const {
    if (found.all != found.newlines * fields) return false;
    const std::uint32_t* last = separators_.data() + fields - 1;
    for (std::size_t row = 0; row < found.newlines; ++row, last += fields) {
      if (data[*last] != '\n') return false;
    }
    return true;
  }

  static bool is_row(const char* data, const std::uint32_t* at, std::size_t fields) {
    if (data[at[fields - 1]] != '\n') return false;
    for (std::size_t i = 0; i + 1 < fields; ++i) {
      if (data[at[i]] == '\n') return false;
    }
    return true;
  }

  /// As many rows as stand one behind the other and as the batch has room for, at least one; column
  /// by column, so that each loop knows where it reads and writes.
  std::size_t take_rows(const char* data, std::uint32_t begin, const std::uint32_t* at,
                        const std::uint32_t* end, bool all_rows) {
    const std::size_t fields = names_.size();
    const std::size_t most = std::min(batch_.room(), static_cast<std::size_t>(end - at) / fields);
    std::size_t rows = all_rows ? most : 1;
    while (rows < most && is_row(data, at + rows * fields, fields)) ++rows;
    std::string_view* line = batch_.lines();
    std::uint32_t from = begin;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t stop = at[row * fields + fields - 1];
      line[row] = {data + from, stop - from};
      from = stop + 1;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const std::size_t place = places_[i];
      std::string_view* to = batch_.column(i);
      const std::uint32_t* stop = at + place;
      if (place == 0) {
        for (std::size_t row = 0; row < rows; ++row, stop += fields)
          to[row] = {line[row].data(), static_cast<std::size_t>(data + *stop - line[row].data())};
      } else {
        cut_column(data, stop, fields, rows, to);
      }
      if (place + 1 == fields) {
        for (std::size_t row = 0; row < rows; ++row)
          if (to[row].ends_with('\r')) to[row].remove_suffix(1);
      }
    }
    return rows;
  }

  /// A line with too few or too many fields, or an empty one; returns the place after its newline.
  const std::uint32_t* odd_row(std::string_view text, std::uint32_t& begin, const std::uint32_t* at,
                               const std::uint32_t* end, RowSink& sink) {
    while (at != end && text[*at] != '\n') ++at;
    const std::size_t stop = at == end ? text.size() : *at;
    std::string_view line = text.substr(begin, stop - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) walk_line(line, sink);
    begin = static_cast<std::uint32_t>(std::min(stop + 1, text.size()));
    return at == end ? end : at + 1;
  }

  /// One line without quotes, by itself.
  void walk_line(std::string_view line, RowSink& sink) {
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return;
    spans_.clear();
    std::size_t from = 0;
    for (std::size_t i = 0; i <= line.size(); ++i) {
      if (i < line.size() && line[i] != delimiter_) continue;
      spans_.push_back(line.substr(from, i - from));
      from = i + 1;
    }
    deliver(line, sink);
  }

  void deliver(std::string_view line, RowSink& sink) {
    if (spans_.size() != names_.size()) {
      sink.reject(line, fmt::format("{} fields instead of {}", spans_.size(), names_.size()));
      return;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) batch_.at(i) = spans_[places_[i]];
    batch_.push(line, sink);
  }

  /// Records whose quoted fields may hold delimiters, newlines and doubled quotes.
  void decode_quoted(std::string_view text, RowSink& sink) {
    while (!text.empty()) {
      const std::size_t newline = std::min(text.find('\n'), text.size());
      const std::string_view first_line = text.substr(0, newline);
      if (first_line.find('"') == std::string_view::npos) {
        walk_line(first_line, sink);
        text.remove_prefix(std::min(newline + 1, text.size()));
        continue;
      }
      std::string_view reason;
      const std::size_t end = quoted_record(text, reason);
      if (reason.empty()) {
        std::string_view record = text.substr(0, end);
        while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
        deliver(record, sink);
        text.remove_prefix(end);
      } else {  // only this line is lost: the next one may be sound
        std::string_view line = first_line;
        if (line.ends_with('\r')) line.remove_suffix(1);
        sink.reject(line, reason);
        text.remove_prefix(std::min(newline + 1, text.size()));
      }
    }
  }

  /// Splits one record into `spans_`; returns its length with the line end, or sets `reason`.
  std::size_t quoted_record(std::string_view text, std::string_view& reason) {
    spans_.clear();
    std::size_t at = 0;
    while (true) {
      if (at < text.size() && text[at] == '"') {
        if (!quoted_field(text, at, reason)) return 0;
      } else {
        const std::size_t from = at;
        while (at < text.size() && text[at] != delimiter_ && text[at] != '\n') {
          if (text[at] == '"') {
            reason = "a quote inside a field that does not begin with one";
            return 0;
          }
          ++at;
        }
        std::size_t to = at;
        if (to > from && text[to - 1] == '\r' && (at == text.size() || text[at] == '\n')) --to;
        spans_.push_back(text.substr(from, to - from));
      }
      if (at == text.size()) return at;
      if (text[at++] == '\n') return at;
    }
  }

  bool quoted_field(std::string_view text, std::size_t& at, std::string_view& reason) {
    const std::size_t from = ++at;
    bool doubled = false;
    while (true) {
      const std::size_t close = text.find('"', at);
      if (close == std::string_view::npos) {
        reason = "a quoted field is never closed";
        return false;
      }
      at = close + 1;
      if (at >= text.size() || text[at] != '"') break;
      doubled = true;
      ++at;
    }
    const std::string_view inner = text.substr(from, at - 1 - from);
    spans_.push_back(doubled ? undouble(inner) : inner);
    if (at < text.size() && text[at] == '\r' && (at + 1 == text.size() || text[at + 1] == '\n'))
      ++at;
    if (at < text.size() && text[at] != delimiter_ && text[at] != '\n') {
      reason = "text behind a closing quote";
      return false;
    }
    return true;
  }

  std::string_view undouble(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      plain += text[i];
      if (text[i] == '"') ++i;
    }
    return batch_.scratch.keep(plain);
  }

  char delimiter_;
  bool quoted_;
  Batcher batch_;
  FindSeparators find_;
  std::vector<std::uint32_t> separators_;
  std::vector<std::string> names_;
  std::vector<std::size_t> places_;
  std::vector<std::string_view> spans_;
};

}  // namespace

std::unique_ptr<Decoder> make_delimited(const SourceSpec& spec, const std::string& header,
                                        const std::vector<std::string>& wanted) {
  return std::make_unique<Delimited>(spec, header, wanted);
}

}  // namespace nines::ingest
