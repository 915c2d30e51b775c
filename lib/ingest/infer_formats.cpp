// Which formats the first lines of a file suggest.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "ingest/infer_table.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kFirstLines = 50;

std::vector<std::string_view> first_lines(std::string_view sample) {
  std::vector<std::string_view> lines;
  while (!sample.empty() && lines.size() < kFirstLines) {
    const std::size_t end = std::min(sample.find('\n'), sample.size());
    std::string_view line = sample.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
    sample.remove_prefix(std::min(end + 1, sample.size()));
  }
  return lines;
}

std::size_t matching(const std::vector<std::string_view>& lines, const RE2& expression) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
        return RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), expression);
      }));
}

SourceSpec of(Format format) {
  SourceSpec spec;
  spec.format = format;
  if (format == Format::tsv) spec.delimiter = '\t';
  return spec;
}

/// Fields behind the standard ones: nginx appends seconds with a point, Apache whole microseconds.
void name_extras(const std::string& tail, SourceSpec& spec) {
  std::size_t index = 0;
  bool timed = false;
  for (const std::string_view field : split(trim(tail), ' ')) {
    if (field.empty()) continue;
    ColumnSpec column;
    const bool digits = field.find_first_not_of("0123456789.") == std::string_view::npos;
    if (digits && !timed) {
      timed = true;
      const bool seconds = field.find('.') != std::string_view::npos;
      column.name = seconds ? "request_time" : "duration_us";
      column.unit = seconds ? "s" : "us";
    } else {
      column.name = fmt::format("extra_{}", ++index);
    }
    spec.columns.push_back(std::move(column));
  }
}

void access_log(const std::vector<std::string_view>& lines, std::vector<SourceSpec>& out) {
  static const RE2 common(
      R"re(^\S+ \S+ .*\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(?:[^"\\]|\\.)*" \S+ \S+)re");
  static const RE2 combined(
      R"re(^\S+ \S+ .*\[[^\]]+\] "(?:[^"\\]|\\.)*" \S+ \S+ "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*"(.*))re");
  if (matching(lines, common) * 2 <= lines.size()) return;
  if (matching(lines, combined) * 2 > lines.size()) {
    SourceSpec spec = of(Format::combined);
    std::string tail;
    for (const std::string_view line : lines)
      if (RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), combined, &tail)) break;
    if (tail.find('"') == std::string::npos) name_extras(tail, spec);
    out.push_back(std::move(spec));
  } else {
    out.push_back(of(Format::common));
  }
  for (SourceSpec& spec : out) {
    spec.time.columns = {"time"};
    spec.time.kind = TimeKind::clf;
  }
}

void metrics(const std::vector<std::string_view>& lines, std::vector<SourceSpec>& out) {
  static const RE2 sample(
      R"re(^[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{.*\})?\s+[-+0-9.eE]+\s+([0-9.]+)\s*$)re");
  double last = 0;
  std::size_t count = 0, comments = 0;
  for (const std::string_view line : lines) {
    comments += line.starts_with('#') ? 1 : 0;
    double stamp = 0;
    if (!RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), sample, &stamp)) continue;
    ++count;
    last = stamp;
  }
  if (count == 0 || (count + comments) * 2 <= lines.size()) return;
  SourceSpec spec = of(last > 1e11 ? Format::prometheus : Format::openmetrics);
  spec.time.columns = {"timestamp"};
  spec.time.kind = last > 1e11 ? TimeKind::milliseconds : TimeKind::seconds;
  out.push_back(std::move(spec));
}

/// Fields of a line, with delimiters inside quotes left alone.
std::vector<std::string> fields_of(std::string_view line, char delimiter) {
  std::vector<std::string> fields(1);
  bool inside = false;
  for (const char c : line) {
    if (c == '"')
      inside = !inside;
    else if (c == delimiter && !inside)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  return fields;
}

/// A header has only names: no field of it begins like a number, and none is empty.
bool reads_as_header(const std::vector<std::string>& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
    const std::string_view name = trim(field);
    return !name.empty() &&
           std::string_view("0123456789+-.").find(name.front()) == std::string_view::npos;
  });
}

void try_delimited(const std::vector<std::string_view>& lines, std::vector<SourceSpec>& out) {
  if (lines.empty()) return;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    const auto first = fields_of(lines[0], delimiter);
    if (first.size() < 2) continue;
    const auto alike = std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
      return fields_of(line, delimiter).size() == first.size();
    });
    if (static_cast<std::size_t>(alike) * 10 < lines.size() * 8) continue;
    SourceSpec spec = of(delimiter == '\t' ? Format::tsv : Format::csv);
    spec.delimiter = delimiter;
    spec.header = reads_as_header(first);
    for (std::size_t i = 0; !spec.header && i < first.size(); ++i) {
      ColumnSpec column;
      column.name = fmt::format("column_{}", i + 1);
      spec.columns.push_back(std::move(column));
    }
    out.push_back(std::move(spec));
  }
}

struct Shape {
  std::string_view pattern;
  TimeKind kind;
};
/// Plain application logs: a time, perhaps a level, and text.
constexpr std::array kShapes{
    Shape{
        R"(^(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?) +(?:\[?(?P<level>[A-Z]{4,8})\]?[\s:|]+)?(?P<message>.*)$)",
        TimeKind::iso8601},
    Shape{
        R"(^\[(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\]\s*(?:\[?(?P<level>[A-Z]{4,8})\]?[\s:|]+)?(?P<message>.*)$)",
        TimeKind::iso8601},
};

void shaped(const std::vector<std::string_view>& lines, std::vector<SourceSpec>& out) {
  for (const Shape& shape : kShapes) {
    const RE2 expression{re2::StringPiece(shape.pattern.data(), shape.pattern.size())};
    if (matching(lines, expression) * 2 <= lines.size()) continue;
    SourceSpec spec = of(Format::pattern);
    spec.pattern = shape.pattern;
    spec.time.columns = {"time"};
    spec.time.kind = shape.kind;
    out.push_back(std::move(spec));
    return;
  }
}

}  // namespace

std::vector<SourceSpec> candidate_formats(std::string_view sample) {
  const auto lines = first_lines(sample);
  std::vector<SourceSpec> out;
  if (lines.empty()) return out;
  access_log(lines, out);
  if (std::any_of(lines.begin(), lines.end(),
                  [](std::string_view l) { return l.starts_with("#Fields:"); })) {
    SourceSpec spec = of(Format::w3c);
    spec.time.columns = {"date", "time"};
    spec.time.kind = TimeKind::iso8601;
    out.push_back(std::move(spec));
  }
  const auto objects = std::count_if(lines.begin(), lines.end(),
                                     [](std::string_view l) { return l.starts_with('{'); });
  if (static_cast<std::size_t>(objects) * 2 > lines.size()) out.push_back(of(Format::jsonl));
  metrics(lines, out);
  shaped(lines, out);
  try_delimited(lines, out);
  return out;
}

}  // namespace nines::ingest
