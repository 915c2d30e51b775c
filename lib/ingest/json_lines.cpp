// JSON lines: one object per line; nested members are columns with dotted names ("req.status").
#include <algorithm>

#include "base/error.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {
namespace {

constexpr int kMaxDepth = 64;

/// Walks one JSON object and picks scalars by their dotted path, without building a tree.
class Walker {
 public:
  Walker(const std::vector<std::string>& wanted, Batcher& batch) : wanted_(wanted), batch_(batch) {}

  /// Empty, or why the line is no JSON object.
  std::string_view run(std::string_view line) {
    at_ = line.data();
    end_ = at_ + line.size();
    path_.clear();
    for (std::size_t i = 0; i < wanted_.size(); ++i) batch_.at(i) = kNoValue;
    space();
    if (at_ == end_ || *at_ != '{') return "no JSON object";
    if (!object(0)) return "the JSON is damaged";
    space();
    return at_ == end_ ? std::string_view{} : "text behind the JSON object";
  }

 private:
  void space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) ++at_;
  }
  bool eat(char c) {
    space();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool object(int depth) {
    ++at_;
    if (depth > kMaxDepth) return false;
    if (eat('}')) return true;
    do {
      space();
      bool escaped = false;
      std::string_view key;
      if (!text(key, escaped) || !eat(':')) return false;
      const std::size_t size = path_.size();
      if (size > 0) path_ += '.';
      path_ += escaped ? unescape(key) : std::string(key);
      const bool ok = value(depth);
      path_.resize(size);
      if (!ok) return false;
    } while (eat(','));
    return eat('}');
  }

  bool array(int depth) {
    ++at_;
    if (depth > kMaxDepth) return false;
    if (eat(']')) return true;
    const std::size_t size = path_.size();
    path_ += "[]";  // elements are no columns
    bool ok = true;
    do {
      ok = value(depth);
    } while (ok && eat(','));
    path_.resize(size);
    return ok && eat(']');
  }

  bool value(int depth) {
    space();
    if (at_ == end_) return false;
    if (*at_ == '{') return object(depth + 1);
    if (*at_ == '[') return array(depth + 1);
    const auto place = std::find(wanted_.begin(), wanted_.end(), path_);
    std::string_view read;
    bool escaped = false;
    if (*at_ == '"') {
      if (!text(read, escaped)) return false;
    } else {
      const char* begin = at_;
      while (at_ < end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && *at_ != ' ' &&
             *at_ != '\t' && *at_ != '\r')
        ++at_;
      read = {begin, static_cast<std::size_t>(at_ - begin)};
      const bool number = !read.empty() && (read[0] == '-' || (read[0] >= '0' && read[0] <= '9'));
      if (!number && read != "true" && read != "false" && read != "null") return false;
      if (read == "null") read = kNoValue;
    }
    if (place != wanted_.end()) {
      batch_.at(static_cast<std::size_t>(place - wanted_.begin())) =
          escaped ? batch_.scratch.keep(unescape(read)) : read;
    }
    return true;
  }

  bool text(std::string_view& out, bool& escaped) {
    if (at_ == end_ || *at_ != '"') return false;
    const char* begin = ++at_;
    while (at_ < end_ && *at_ != '"') {
      if (*at_ == '\\') {
        escaped = true;
        ++at_;
      }
      if (at_ < end_) ++at_;
    }
    if (at_ >= end_) return false;
    out = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    return true;
  }

  static void put_utf8(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }

  static std::uint32_t hex4(std::string_view text, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
      const char c = i < text.size() ? text[i] : '?';
      const int digit = c >= '0' && c <= '9'                     ? c - '0'
                        : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                 : -1;
      if (digit < 0) return 0xFFFD;
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
  }

  static std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\' || ++i == text.size()) {
        if (i < text.size()) out += text[i];
        continue;
      }
      switch (text[i]) {
        case 'n':
          out += '\n';
          break;
        case 't':
          out += '\t';
          break;
        case 'r':
          out += '\r';
          break;
        case 'b':
          out += '\b';
          break;
        case 'f':
          out += '\f';
          break;
        case 'u': {
          std::uint32_t c = hex4(text, i + 1);
          i += 4;
          if (c >= 0xD800 && c < 0xDC00 && text.substr(std::min(i + 1, text.size()), 2) == "\\u") {
            const std::uint32_t low = hex4(text, i + 3);
            if (low >= 0xDC00 && low < 0xE000) {
              c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
              i += 6;
            }
          }
          put_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
          break;
        }
        default:
          out += text[i];
      }
    }
    return out;
  }

  const std::vector<std::string>& wanted_;
  Batcher& batch_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::string path_;
};

class JsonLines final : public Decoder {
 public:
  explicit JsonLines(const std::vector<std::string>& wanted)
      : wanted_(wanted), batch_(wanted.size()), walker_(wanted_, batch_) {}

  std::vector<std::string> columns() const override { return {}; }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      const std::string_view reason = walker_.run(line);
      if (reason.empty()) {
        batch_.push(line, sink);
      } else if (line.find_first_not_of(" \t") != std::string_view::npos) {
        sink.reject(line, reason);
      }
    });
    batch_.flush(sink);
  }

 private:
  std::vector<std::string> wanted_;
  Batcher batch_;
  Walker walker_;
};

}  // namespace

std::unique_ptr<Decoder> make_json_lines(const std::vector<std::string>& wanted) {
  return std::make_unique<JsonLines>(wanted);
}

}  // namespace nines::ingest
