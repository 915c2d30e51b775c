// Legacy logs: lines shaped by a regular expression with named groups, or by fixed columns.
#include <re2/re2.h>

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {
namespace {

class Pattern final : public Decoder {
 public:
  Pattern(const SourceSpec& spec, const std::vector<std::string>& wanted)
      : expression_(spec.pattern, RE2::Quiet), batch_(wanted.size()) {
    for (const auto& [group, name] : expression_.CapturingGroupNames()) {
      names_.push_back(name);
      groups_.push_back(group);
    }
    places_ = places_of(wanted, names_, spec.name);
    found_.resize(static_cast<std::size_t>(expression_.NumberOfCapturingGroups()) + 1);
  }

  std::vector<std::string> columns() const override { return names_; }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      const re2::StringPiece text(line.data(), line.size());
      if (!expression_.Match(text, 0, line.size(), RE2::ANCHOR_BOTH, found_.data(),
                             static_cast<int>(found_.size()))) {
        sink.reject(line, "the line does not match the pattern");
        return;
      }
      for (std::size_t i = 0; i < places_.size(); ++i) {
        const auto& group = found_[static_cast<std::size_t>(groups_[places_[i]])];
        batch_.at(i) = group.data() == nullptr || (group.size() == 1 && group[0] == '-')
                           ? kNoValue
                           : std::string_view(group.data(), group.size());
      }
      batch_.push(line, sink);
    });
    batch_.flush(sink);
  }

 private:
  RE2 expression_;
  Batcher batch_;
  std::vector<std::string> names_;
  std::vector<int> groups_;
  std::vector<std::size_t> places_;
  std::vector<re2::StringPiece> found_;
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

class Fixed final : public Decoder {
 public:
  Fixed(const SourceSpec& spec, const std::vector<std::string>& wanted)
      : columns_(spec.columns), batch_(wanted.size()) {
    places_ = places_of(wanted, columns(), spec.name);
  }

  std::vector<std::string> columns() const override {
    std::vector<std::string> names;
    for (const ColumnSpec& column : columns_) names.push_back(column.name);
    return names;
  }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      for (std::size_t i = 0; i < places_.size(); ++i) {
        const ColumnSpec& column = columns_[places_[i]];
        const auto start = static_cast<std::size_t>(column.start) - 1;
        if (line.size() <= start) {
          sink.reject(line, fmt::format("the line ends before column '{}'", column.name));
          return;
        }
        const std::string_view text =
            trimmed(line.substr(start, static_cast<std::size_t>(column.width)));
        batch_.at(i) = text.empty() || text == "-" ? kNoValue : text;
      }
      batch_.push(line, sink);
    });
    batch_.flush(sink);
  }

 private:
  std::vector<ColumnSpec> columns_;
  Batcher batch_;
  std::vector<std::size_t> places_;
};

}  // namespace

std::unique_ptr<Decoder> make_pattern(const SourceSpec& spec,
                                      const std::vector<std::string>& wanted) {
  return std::make_unique<Pattern>(spec, wanted);
}
std::unique_ptr<Decoder> make_fixed(const SourceSpec& spec,
                                    const std::vector<std::string>& wanted) {
  return std::make_unique<Fixed>(spec, wanted);
}

}  // namespace nines::ingest
