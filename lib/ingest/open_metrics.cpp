// OpenMetrics text with timestamps: each sample of a counter becomes its increase since the last.
#include <unordered_map>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {
namespace {

/// Columns: `metric`, `value` (the increase; a fall is a restart, and counts from zero), `sample`
/// (the number as written), `timestamp` in seconds, and every label by its name. The first sample
/// of a series only sets the mark: what it counted before is not known to lie in the file's time.
/// `value` is missing there, and for everything that is no number.
class OpenMetrics final : public Decoder {
 public:
  explicit OpenMetrics(const std::vector<std::string>& wanted) : wanted_(wanted), batch_(wanted.size()) {}

  std::vector<std::string> columns() const override { return {}; }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      if (line.front() == '#') return;
      const std::string_view reason = sample(line);
      if (!reason.empty()) {
        sink.reject(line, reason);
      } else if (!segment.known) {
        batch_.push(line, sink);
      }
    });
    batch_.flush(sink);
  }

 private:
  struct Last {
    Decimal value;
  };

  std::string_view sample(std::string_view line) {
    for (std::size_t i = 0; i < wanted_.size(); ++i) batch_.at(i) = kNoValue;
    const std::size_t name_end = line.find_first_of("{ ");
    if (name_end == 0 || name_end == std::string_view::npos) return "no metric name";
    set("metric", line.substr(0, name_end));
    std::string_view rest = line.substr(name_end);
    if (rest.front() == '{' && !labels(rest)) return "the labels are damaged";
    const std::string_view series = line.substr(0, line.size() - rest.size());
    if (!rest.starts_with(' ')) return "no value behind the name";
    rest.remove_prefix(1);
    const std::size_t value_end = rest.find(' ');
    if (value_end == std::string_view::npos) return "no timestamp: only samples with their time can be imported";
    const std::string_view value = rest.substr(0, value_end);
    rest.remove_prefix(value_end + 1);
    const std::string_view timestamp = rest.substr(0, rest.find(' '));  // an exemplar may follow
    set("sample", value);
    set("timestamp", timestamp);
    return increase(series, value);
  }

  std::string_view increase(std::string_view series, std::string_view text) {
    const auto value = Decimal::parse(text);
    if (!value) {
      if (text == "NaN" || text == "+Inf" || text == "-Inf" || text == "Inf") return {};
      return "the value is no number";
    }
    const auto [at, first] = last_.try_emplace(std::string(series), Last{*value});
    if (first) return {};
    const Decimal before = std::exchange(at->second.value, *value);
    set("value", *value < before ? batch_.scratch.keep(value->to_string())
                                 : batch_.scratch.keep(difference(*value, before).to_string()));
    return {};
  }

  static Decimal difference(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale(), b.scale());
    const auto scaled = [scale](const Decimal& d) {
      std::int64_t units = d.units();
      for (int i = d.scale(); i < scale; ++i) units *= 10;
      return units;
    };
    return Decimal(scaled(a) - scaled(b), scale);
  }

  /// "{a="x",b="y"}": leaves `rest` behind the brace.
  bool labels(std::string_view& rest) {
    std::size_t at = 1;
    while (at < rest.size() && rest[at] != '}') {
      const std::size_t equals = rest.find('=', at);
      if (equals == std::string_view::npos || equals + 1 >= rest.size() || rest[equals + 1] != '"') return false;
      const std::string_view name = rest.substr(at, equals - at);
      std::size_t close = equals + 2;
      bool escaped = false;
      while (close < rest.size() && rest[close] != '"') {
        if (rest[close] == '\\') escaped = true, ++close;
        ++close;
      }
      if (close >= rest.size()) return false;
      const std::string_view text = rest.substr(equals + 2, close - equals - 2);
      set(name, escaped ? batch_.scratch.keep(unescape(text)) : text);
      at = close + 1;
      if (at < rest.size() && rest[at] == ',') ++at;
    }
    if (at >= rest.size()) return false;
    rest.remove_prefix(at + 1);
    return true;
  }

  static std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i, out += text[i] == 'n' ? '\n' : text[i];
      else out += text[i];
    }
    return out;
  }

  void set(std::string_view name, std::string_view text) {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i] == name) batch_.at(i) = text;
    }
  }

  std::vector<std::string> wanted_;
  Batcher batch_;
  std::unordered_map<std::string, Last> last_;
};

}  // namespace

std::unique_ptr<Decoder> make_open_metrics(const std::vector<std::string>& wanted) {
  return std::make_unique<OpenMetrics>(wanted);
}

}  // namespace nines::ingest
