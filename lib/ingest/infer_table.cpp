// A sample of a raw file as a table of texts, and what its columns say about the time.
#include "ingest/infer_table.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/decoder.hpp"
#include "ingest/segments.hpp"
#include "ingest/time_field.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kNameRows = 200;  ///< JSON lines looked at for names
constexpr std::size_t kMostColumnNames = 200;

class Collector final : public RowSink {
 public:
  explicit Collector(SampleTable& table) : table_(table) {}
  void rows(Fields& fields) override {
    for (std::size_t row = 0; row < fields.rows && table_.rows < kSampleRows; ++row, ++table_.rows)
      for (std::size_t c = 0; c < table_.names.size(); ++c) {
        const std::string_view text = fields.columns[c][row];
        table_.values[c].push_back(text.data() ? std::optional<std::string>(text) : std::nullopt);
      }
  }
  void reject(std::string_view, std::string_view) override { ++table_.rejected; }

 private:
  SampleTable& table_;
};

/// Names of all scalar members, nested ones with dots, in the order of their appearance.
void member_names(const Json& value, const std::string& prefix, std::vector<std::string>& names) {
  for (const auto& [key, member] : value.as_object()) {
    const std::string name = prefix.empty() ? key : prefix + "." + key;
    if (member.is_object())
      member_names(member, name, names);
    else if (!member.is_array() && names.size() < kMostColumnNames &&
             std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
}

std::vector<std::string> json_names(std::string_view text) {
  std::vector<std::string> names;
  std::size_t seen = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (++seen > kNameRows) break;
    try {
      const Json value = Json::parse(line);
      if (value.is_object()) member_names(value, {}, names);
    } catch (const Error&) {
      continue;  // the decoder counts it as rejected
    }
  }
  return names;
}

std::vector<std::string> label_names(std::string_view text) {
  std::vector<std::string> names{"metric", "value", "timestamp"};
  std::size_t seen = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with('#') || ++seen > kNameRows) continue;
    for (std::size_t at = line.find("=\""); at != std::string_view::npos;
         at = line.find("=\"", at + 2)) {
      std::size_t begin = at;
      while (begin > 0 && line[begin - 1] != '{' && line[begin - 1] != ',' &&
             line[begin - 1] != ' ')
        --begin;
      const std::string name(line.substr(begin, at - begin));
      if (names.size() < kMostColumnNames &&
          std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
  }
  return names;
}

std::vector<std::string> first_fields(std::string_view text) {
  std::vector<std::string> names;
  const std::size_t at = text.find("#Fields:");
  if (at == std::string_view::npos) return names;
  std::string_view line = text.substr(at + 8);
  line = trim(line.substr(0, line.find('\n')));
  for (const std::string_view name : split(line, ' '))
    if (!name.empty()) names.emplace_back(name);
  return names;
}

std::vector<std::string> column_names(std::string_view text, const SourceSpec& spec,
                                      const std::string& header) {
  switch (spec.format) {
    case Format::jsonl:
      return json_names(text);
    case Format::openmetrics:
    case Format::prometheus:
      return label_names(text);
    case Format::w3c:
      return first_fields(text);
    default:
      return make_decoder(spec, header, {})->columns();
  }
}

struct TimeGuess {
  TimeKind kind;
  std::string_view pattern;
  std::string_view note;
};
constexpr std::string_view kSwapped = "day and month of the times could be the other way round";
constexpr std::array kTimeGuesses{
    TimeGuess{TimeKind::rfc3339, "", ""},
    TimeGuess{TimeKind::iso8601, "", "times have no offset and are taken as UTC"},
    TimeGuess{TimeKind::clf, "", ""},
    TimeGuess{TimeKind::pattern, "%Y-%m-%d %H:%M", "times have no offset and are taken as UTC"},
    TimeGuess{TimeKind::pattern, "%Y/%m/%d %H:%M:%S", "times have no offset and are taken as UTC"},
    TimeGuess{TimeKind::pattern, "%d.%m.%Y %H:%M:%S", "times have no offset and are taken as UTC"},
    TimeGuess{TimeKind::pattern, "%d/%m/%Y %H:%M:%S", kSwapped},
    TimeGuess{TimeKind::pattern, "%m/%d/%Y %H:%M:%S", kSwapped},
    TimeGuess{TimeKind::pattern, "%m/%d/%Y %I:%M:%S %p", kSwapped},
    TimeGuess{TimeKind::pattern, "%a %b %d %H:%M:%S %Y",
              "times have no offset and are taken as UTC"},
    TimeGuess{TimeKind::pattern, "%a, %d %b %Y %H:%M:%S %z", ""},
    TimeGuess{TimeKind::pattern, "%d-%b-%Y %H:%M:%S", "times have no offset and are taken as UTC"},
};

/// Epoch numbers of the years 2001 to 2100 tell their unit by their size.
std::optional<TimeKind> epoch_kind(const SampleTable& table, std::size_t column) {
  std::optional<TimeKind> kind;
  for (const auto& value : table.values[column]) {
    if (!value) continue;
    const auto number = Decimal::parse(*value);
    if (!number || number->units() < 0) return std::nullopt;
    const double size = number->to_double();
    std::optional<TimeKind> own;
    double low = 1e9;
    for (int unit = 0; unit < 4; ++unit, low *= 1000)
      if (size >= low && size < low * 4.1) own = static_cast<TimeKind>(unit);
    if (!own || (kind && *kind != *own)) return std::nullopt;
    kind = own;
  }
  return kind;
}

bool sounds_like_time(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  for (const std::string_view word : {"time", "date", "stamp", "ts", "when", "at", "minute"})
    if (lower == word || (word.size() > 2 && lower.find(word) != std::string::npos)) return true;
  return false;
}

bool try_column(const SampleTable& table, std::size_t column, SourceSpec& spec, std::string& note) {
  spec.time.columns = {table.names[column]};
  if (const auto kind = epoch_kind(table, column)) {
    // A duration or an id has this size now and then; a time has a telling name.
    if (!sounds_like_time(table.names[column])) return false;
    spec.time.kind = *kind;
    return true;
  }
  for (const TimeGuess& guess : kTimeGuesses) {
    spec.time.kind = guess.kind;
    spec.time.pattern = guess.pattern;
    if (rows_in_time(table, spec) * 10 < table.rows * 9) continue;
    note = guess.note;
    return true;
  }
  return false;
}

}  // namespace

SampleTable read_sample(std::string_view sample, bool whole, const SourceSpec& spec) {
  SampleTable table;
  SegmentOptions options = segment_options(spec);
  options.take_last_line = whole;
  SegmentReader reader(open_memory(sample), options);
  Segment segment;
  try {
    if (!reader.next(segment)) return table;
    table.names = column_names(sample, spec, segment.header);
    table.values.resize(table.names.size());
    const auto decoder = make_decoder(spec, segment.header, table.names);
    Collector collector(table);
    if (!segment.oversized) decoder->decode(segment, collector);
  } catch (const Error&) {
    return {};  // this format does not fit: another candidate may
  }
  return table;
}

std::size_t rows_in_time(const SampleTable& table, const SourceSpec& spec) {
  std::vector<std::size_t> places;
  for (const std::string& name : spec.time.columns) {
    const auto found = std::find(table.names.begin(), table.names.end(), name);
    if (found == table.names.end()) return 0;
    places.push_back(static_cast<std::size_t>(found - table.names.begin()));
  }
  TimeField field(spec.time, spec.zone);
  std::size_t good = 0;
  for (std::size_t row = 0; row < table.rows; ++row) {
    std::string text;
    for (const std::size_t place : places) {
      if (!text.empty()) text += ' ';
      text += table.values[place][row].value_or("");
    }
    const std::size_t size = text.size();
    text.append(16, '\0');  // readable bytes behind the text
    std::int64_t minute = 0;
    good += field.minute(std::string_view(text).substr(0, size), minute) ? 1 : 0;
  }
  return good;
}

bool settle_time(const SampleTable& table, SourceSpec& spec, std::vector<std::string>& notes) {
  if (!spec.time.columns.empty()) return true;  // the format says it
  std::vector<std::size_t> order;
  for (const bool telling : {true, false})
    for (std::size_t c = 0; c < table.names.size(); ++c)
      if (sounds_like_time(table.names[c]) == telling) order.push_back(c);
  std::string note;
  for (const std::size_t c : order) {
    SourceSpec attempt = spec;
    if (!try_column(table, c, attempt, note)) continue;
    spec = std::move(attempt);
    if (!note.empty()) notes.push_back(note);
    return true;
  }
  const auto has = [&](std::string_view name) {
    return std::find(table.names.begin(), table.names.end(), name) != table.names.end();
  };
  if (!has("date") || !has("time")) return false;
  spec.time.columns = {"date", "time"};
  spec.time.kind = TimeKind::iso8601;
  notes.push_back("times have no offset and are taken as UTC");
  return rows_in_time(table, spec) * 2 > table.rows;
}

}  // namespace nines::ingest
