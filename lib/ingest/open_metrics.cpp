// OpenMetrics and Prometheus text with timestamps: counters become increases since the last sample.
#include <functional>
#include <unordered_map>

#include <fmt/core.h>

#include "base/ascii.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"
#include "ingest/decoders.hpp"
#include "ingest/numbers.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostSeries = 1'000'000;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

std::string_view take_word(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && !is_blank(text[n])) ++n;
  const std::string_view word = text.substr(0, n);
  text.remove_prefix(n);
  skip_blanks(text);
  return word;
}

/// units / 10^scale; empty when it cannot be told exactly.
std::optional<std::int64_t> scaled(Number n, int scale) {
  for (int i = n.scale; i < scale; ++i)
    if (__builtin_mul_overflow(n.units, 10, &n.units)) return std::nullopt;
  return n.units;
}

std::optional<int> compare(Number a, Number b) {
  const int scale = std::max(a.scale, b.scale);
  const auto left = scaled(a, scale), right = scaled(b, scale);
  if (!left || !right) return std::nullopt;
  return *left < *right ? -1 : *left > *right ? 1 : 0;
}

std::optional<Decimal> difference(Number a, Number b) {
  const int scale = std::max(a.scale, b.scale);
  const auto left = scaled(a, scale), right = scaled(b, scale);
  std::int64_t units = 0;
  if (!left || !right || __builtin_sub_overflow(*left, *right, &units)) return std::nullopt;
  return Decimal(units, scale);
}

/// Columns: `metric`, `value`, `sample` (the number as written), `timestamp`, and every label by
/// its name. For counters `value` is the increase since the sample before of the same series; a
/// fall is a restart and counts from zero; the first sample only sets the mark, since what it
/// counted before is not known to lie in the file's time. For gauges `value` is the sample.
class OpenMetrics final : public Decoder {
 public:
  explicit OpenMetrics(const std::vector<std::string>& wanted)
      : wanted_(wanted), batch_(wanted.size()) {}

  std::vector<std::string> columns() const override { return {}; }

  void decode(const Segment& segment, RowSink& sink) override {
    for_each_line(segment.text, [&](std::string_view line) {
      if (line.front() == '#') return comment(line);
      const std::string_view reason = sample(line);
      if (!reason.empty()) {
        if (!segment.known) sink.reject(line, reason);
      } else if (!segment.known) {
        batch_.push(line, sink);
      }
    });
    batch_.flush(sink);
  }

 private:
  struct Last {
    Number value;
    Number timestamp;
  };
  enum class Type { counter, gauge, parts };  ///< parts: histogram and summary

  /// "# TYPE http_requests counter"
  void comment(std::string_view line) {
    take_word(line);
    if (take_word(line) != "TYPE") return;
    const std::string_view name = take_word(line), type = take_word(line);
    if (types_.size() >= kMostSeries) return;
    const bool parts = type == "histogram" || type == "summary" || type == "gaugehistogram";
    types_.insert_or_assign(std::string(name), type == "counter" ? Type::counter
                                               : parts           ? Type::parts
                                                                 : Type::gauge);
  }

  bool counts(std::string_view name) {
    if (name == last_name_) return last_counts_;
    last_name_ = name;
    last_counts_ = look_up(name);
    return last_counts_;
  }

  /// A metric without a TYPE line is a counter when its name ends like one.
  bool look_up(std::string_view name) const {
    if (const auto own = types_.find(name); own != types_.end())
      return own->second == Type::counter;
    for (const std::string_view suffix : {"_total", "_bucket", "_count", "_sum"}) {
      if (!name.ends_with(suffix)) continue;
      const auto base = types_.find(name.substr(0, name.size() - suffix.size()));
      return base == types_.end() || base->second != Type::gauge;
    }
    return false;
  }

  /// Empty, or why the line is no sample.
  std::string_view sample(std::string_view line) {
    for (std::size_t i = 0; i < wanted_.size(); ++i) batch_.at(i) = kNoValue;
    const std::size_t name_end = line.find_first_of("{ \t");
    if (name_end == 0 || name_end == std::string_view::npos) return "no metric name and value";
    const std::string_view name = line.substr(0, name_end);
    set("metric", name);
    std::string_view rest = line.substr(name_end);
    if (rest.front() == '{' && !labels(rest)) return "the labels are damaged";
    const std::string_view series = line.substr(0, line.size() - rest.size());
    skip_blanks(rest);
    const std::string_view value = take_word(rest), timestamp = take_word(rest);
    if (value.empty()) return "no value behind the name";
    if (timestamp.empty() || timestamp == "#")
      return "no timestamp: only samples with their time can be imported";
    set("sample", value);
    set("timestamp", timestamp);
    if (!rest.empty() && rest.front() != '#') return "text behind the timestamp";  // # = exemplar
    if (value == "NaN" || value.ends_with("Inf")) return {};
    const Number number = parse_number_slowly(value);
    if (number.scale < 0) return "the value is no number";
    if (!counts(name)) {
      set("value", value);
      return {};
    }
    return increase(series, number, timestamp);
  }

  std::string_view increase(std::string_view series, Number value, std::string_view text) {
    const Number at = parse_number_slowly(text);
    if (at.scale < 0) return "the timestamp is no number";
    const auto found = last_.find(series);
    if (found == last_.end()) {
      if (last_.size() >= kMostSeries) return "more than 1,000,000 series";
      last_.emplace(std::string(series), Last{value, at});
      return {};
    }
    const auto order = compare(at, found->second.timestamp);
    if (!order || *order <= 0)
      return "the sample is not later than the one before it of this series";
    const Last before = std::exchange(found->second, Last{value, at});
    const auto direction = compare(value, before.value);
    const auto grown = difference(value, before.value);
    if (!direction || !grown) return "the value has too many digits";
    const Decimal increase = *direction < 0 ? Decimal(value.units, value.scale) : *grown;
    set("value", batch_.scratch.keep(increase.to_string()));
    return {};
  }

  /// "{a="x",b="y"}": leaves `rest` behind the brace.
  bool labels(std::string_view& rest) {
    rest.remove_prefix(1);
    for (skip_blanks(rest); !rest.empty() && rest.front() != '}'; skip_blanks(rest)) {
      const std::size_t equals = rest.find('=');
      if (equals == 0 || equals == std::string_view::npos) return false;
      std::string_view name = rest.substr(0, equals);
      while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
      rest.remove_prefix(equals + 1);
      skip_blanks(rest);
      if (rest.empty() || rest.front() != '"' || !label_value(name, rest)) return false;
      skip_blanks(rest);
      if (!rest.empty() && rest.front() == ',')
        rest.remove_prefix(1);
      else if (rest.empty() || rest.front() != '}')
        return false;
    }
    if (rest.empty()) return false;
    rest.remove_prefix(1);
    return true;
  }

  bool label_value(std::string_view name, std::string_view& rest) {
    std::size_t close = 1;
    bool escaped = false;
    for (; close < rest.size() && rest[close] != '"'; ++close)
      if (rest[close] == '\\') escaped = true, ++close;
    if (close >= rest.size()) return false;
    const std::string_view text = rest.substr(1, close - 1);
    set(name, escaped ? batch_.scratch.keep(unescape(text)) : text);
    rest.remove_prefix(close + 1);
    return true;
  }

  static std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size())
        out += text[++i] == 'n' ? '\n' : text[i];
      else
        out += text[i];
    }
    return out;
  }

  void set(std::string_view name, std::string_view text) {
    for (std::size_t i = 0; i < wanted_.size(); ++i)
      if (wanted_[i] == name) batch_.at(i) = text;
  }

  std::vector<std::string> wanted_;
  Batcher batch_;
  TextMap<Last> last_;
  TextMap<Type> types_;
  std::string last_name_;
  bool last_counts_ = false;
};

}  // namespace

std::unique_ptr<Decoder> make_open_metrics(const std::vector<std::string>& wanted) {
  return std::make_unique<OpenMetrics>(wanted);
}

}  // namespace nines::ingest
