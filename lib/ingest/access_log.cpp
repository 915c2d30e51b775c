// The common and combined log formats of Apache and nginx.
#include <array>

#include "base/error.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {
namespace {

enum LogPart : std::size_t {
  kHost,
  kIdent,
  kUser,
  kTime,
  kRequest,
  kMethod,
  kPath,
  kProtocol,
  kStatus,
  kBytes,
  kReferrer,
  kAgent,
  kParts
};

class AccessLog final : public Decoder {
 public:
  AccessLog(const SourceSpec& spec, const std::vector<std::string>& wanted)
      : combined_(spec.format == Format::combined),
        batch_(wanted.size()),
        names_(built_in_columns(spec.format)) {
    extras_at_ = names_.size();
    // Fields that a server appends to the format are named, in order, by `columns`.
    for (const ColumnSpec& column : spec.columns) {
      if (std::find(names_.begin(), names_.end(), column.name) == names_.end())
        names_.push_back(column.name);
    }
    places_ = places_of(wanted, names_, spec.name);
    parts_.resize(names_.size());
  }

  std::vector<std::string> columns() const override { return names_; }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      glued_ = false;
      std::string_view reason = split(line);
      if (glued_) reason = "text directly behind a closing quote";
      if (!reason.empty()) {
        sink.reject(line, reason);
        return;
      }
      for (std::size_t i = 0; i < places_.size(); ++i) batch_.at(i) = parts_[places_[i]];
      batch_.push(line, sink);
    });
    batch_.flush(sink);
  }

 private:
  /// Fills `parts_`; returns why not, or nothing.
  std::string_view split(std::string_view line) {
    std::string_view rest = line;
    if (!word(rest, parts_[kHost]) || !word(rest, parts_[kIdent]) || !user(rest)) {
      return "the line ends before the time";
    }
    const std::size_t close = rest.find(']');
    if (!rest.starts_with('[') || close == std::string_view::npos) return "no time in brackets";
    parts_[kTime] = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    if (!rest.starts_with(' ')) return "nothing behind the time";
    rest.remove_prefix(1);
    if (!rest.starts_with('"')) return "the request is not quoted";
    if (!quoted(rest, parts_[kRequest])) return "the quoted request is never closed";
    split_request();
    if (!word(rest, parts_[kStatus]) || !word(rest, parts_[kBytes]))
      return "no status or size behind the request";
    if (combined_) {
      if (!rest.starts_with('"')) return "the referrer is not quoted";
      if (!quoted(rest, parts_[kReferrer])) return "the quoted referrer is never closed";
      if (!rest.starts_with('"')) return "the user agent is not quoted";
      if (!quoted(rest, parts_[kAgent])) return "the quoted user agent is never closed";
    }
    return split_extras(rest);
  }

  std::string_view split_extras(std::string_view rest) {
    for (std::size_t i = extras_at_; i < names_.size(); ++i) {
      if (rest.empty()) return "a field that the source names is missing at the end";
      if (rest.starts_with('"')) {
        if (!quoted(rest, parts_[i])) return "a quoted field is never closed";
      } else if (!word(rest, parts_[i])) {
        return "a field that the source names is missing at the end";
      }
    }
    return {};
  }

  /// A user name may hold spaces: it ends before " [".
  bool user(std::string_view& rest) {
    if (rest.starts_with('[')) return false;
    const std::size_t end = rest.find(" [");
    if (end == std::string_view::npos) return false;
    set(parts_[kUser], rest.substr(0, end));
    rest.remove_prefix(end + 1);
    return true;
  }

  void split_request() {
    const std::string_view request = parts_[kRequest];
    parts_[kMethod] = parts_[kPath] = parts_[kProtocol] = kNoValue;
    const std::size_t first = request.find(' ');
    if (first == std::string_view::npos) return;
    parts_[kMethod] = request.substr(0, first);
    const std::size_t last = request.rfind(' ');
    if (last == first) {
      parts_[kPath] = request.substr(first + 1);
    } else {
      parts_[kPath] = request.substr(first + 1, last - first - 1);
      parts_[kProtocol] = request.substr(last + 1);
    }
  }

  static void set(std::string_view& part, std::string_view text) {
    part = text == "-" ? kNoValue : text;
  }

  static bool word(std::string_view& rest, std::string_view& part) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end == 0) return false;
    set(part, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return true;
  }

  /// `rest` begins with a quote; servers escape quotes inside by a backslash.
  bool quoted(std::string_view& rest, std::string_view& part) {
    std::size_t at = 1;
    while (true) {
      at = rest.find('"', at);
      if (at == std::string_view::npos) return false;
      std::size_t slashes = 0;
      while (rest[at - 1 - slashes] == '\\') ++slashes;
      if (slashes % 2 == 0) break;
      ++at;
    }
    set(part, rest.substr(1, at - 1));
    rest.remove_prefix(at + 1);
    glued_ = !rest.empty() && rest.front() != ' ';
    if (!rest.empty()) rest.remove_prefix(1);
    return !glued_;
  }

  bool combined_;
  Batcher batch_;
  std::vector<std::string> names_;
  std::size_t extras_at_ = 0;
  std::vector<std::size_t> places_;
  std::vector<std::string_view> parts_;
  bool glued_ = false;  ///< why the last quoted field failed, when it was closed
};

}  // namespace

std::unique_ptr<Decoder> make_access_log(const SourceSpec& spec,
                                         const std::vector<std::string>& wanted) {
  return std::make_unique<AccessLog>(spec, wanted);
}

}  // namespace nines::ingest
