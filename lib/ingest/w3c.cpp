// W3C extended log files, as IIS and many proxies write them; `#Fields:` may change on the way.
#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {
namespace {

constexpr std::string_view kFieldsLine = "#Fields:";

std::vector<std::string> field_names(std::string_view header) {
  std::vector<std::string> names;
  if (!header.starts_with(kFieldsLine)) return names;
  header.remove_prefix(kFieldsLine.size());
  while (!header.empty()) {
    const std::size_t end = std::min(header.find_first_of(" \t"), header.size());
    if (end > 0) names.emplace_back(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return names;
}

class W3c final : public Decoder {
 public:
  W3c(const SourceSpec& spec, const std::string& header, const std::vector<std::string>& wanted)
      : source_(spec.name), wanted_(wanted), batch_(wanted.size()) {
    if (!header.empty()) use_header(header);
  }

  std::vector<std::string> columns() const override { return names_; }

  void decode(const Segment& segment, RowSink& sink) override {
    if (segment.header != header_) use_header(segment.header);
    for_each_line(segment.text, [&](std::string_view line) {
      if (line.front() == '#') {
        if (line.starts_with(kFieldsLine)) {
          batch_.flush(sink);
          const bool first = segment.index == 0 && names_.empty();
          use_header(line);
          if (first) places_of(wanted_, names_, source_);  // throws for a column that is not there
        }
        return;
      }
      if (names_.empty()) {
        sink.reject(line, "no '#Fields:' line stands before it");
        return;
      }
      row(line, sink);
    });
    batch_.flush(sink);
  }

 private:
  void use_header(std::string_view header) {
    header_ = header;
    names_ = field_names(header);
    if (names_.empty()) return;
    // A later directive may leave a column out: its rows then have no such value.
    places_.resize(wanted_.size());
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto found = std::find(names_.begin(), names_.end(), wanted_[i]);
      places_[i] = static_cast<std::size_t>(found - names_.begin());
    }
  }

  void row(std::string_view line, RowSink& sink) {
    spans_.clear();
    std::string_view rest = line;
    while (!rest.empty()) {
      std::size_t end;
      if (rest.front() == '"') {
        const std::size_t close = rest.find('"', 1);
        if (close == std::string_view::npos) {
          sink.reject(line, "a quoted field is never closed");
          return;
        }
        spans_.push_back(rest.substr(1, close - 1));
        end = close + 1;
      } else {
        end = std::min(rest.find_first_of(" \t"), rest.size());
        spans_.push_back(rest.substr(0, end));
        if (spans_.back() == "-") spans_.back() = kNoValue;
      }
      rest.remove_prefix(end);
      while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    }
    if (spans_.size() != names_.size()) {
      sink.reject(line, fmt::format("{} fields instead of {}", spans_.size(), names_.size()));
      return;
    }
    for (std::size_t i = 0; i < places_.size(); ++i)
      batch_.at(i) = places_[i] < spans_.size() ? spans_[places_[i]] : kNoValue;
    batch_.push(line, sink);
  }

  std::string source_;
  std::vector<std::string> wanted_;
  Batcher batch_;
  std::string header_;
  std::vector<std::string> names_;
  std::vector<std::size_t> places_;
  std::vector<std::string_view> spans_;
};

}  // namespace

std::unique_ptr<Decoder> make_w3c(const SourceSpec& spec, const std::string& header,
                                  const std::vector<std::string>& wanted) {
  return std::make_unique<W3c>(spec, header, wanted);
}

}  // namespace nines::ingest
