// Validates `connectionDetails` of file sources, member by member.
#include "ingest/source_spec.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <span>

#include <fmt/core.h>

#include "base/text.hpp"
#include "base/zone.hpp"

namespace nines::ingest {
namespace {

struct FormatName {
  std::string_view name;
  Format format;
};
constexpr FormatName kFormats[] = {
    {"common", Format::common},   {"combined", Format::combined},       {"w3c", Format::w3c},
    {"csv", Format::csv},         {"tsv", Format::tsv},                 {"jsonl", Format::jsonl},
    {"openmetrics", Format::openmetrics}, {"pattern", Format::pattern}, {"fixed", Format::fixed},
    {"nginx", Format::combined},  {"apache", Format::combined},         {"iis", Format::w3c},
    {"json", Format::jsonl},      {"regex", Format::pattern},           {"ndjson", Format::jsonl}};
constexpr std::string_view kFormatWords[] = {"common", "combined",    "w3c",     "csv",  "tsv",
                                             "jsonl",  "openmetrics", "pattern", "fixed"};
constexpr std::string_view kClasses[] = {"server", "balancer", "synthetic", "real-user", "vendor"};
constexpr std::string_view kMembers[] = {"format", "time",  "columns", "service", "zone",
                                         "class",  "vantage", "interval", "splits", "pattern",
                                         "widths", "delimiter", "header"};
constexpr std::string_view kTimeMembers[] = {"column", "columns", "format", "unit"};
constexpr std::string_view kTimeUnits[] = {"s", "ms", "us", "ns"};
constexpr std::string_view kColumnMembers[] = {"name", "unit", "start", "width"};
constexpr std::string_view kSplitMembers[] = {"label", "column", "values", "top"};

class Reader {
 public:
  Reader(const slo::DataSource& source, Findings& findings) : source_(source), findings_(findings) {}

  std::optional<SourceSpec> run() {
    const std::size_t before = findings_.size();
    spec_.name = source_.name;
    if (source_.type != "file") {
      add("TYPE_UNSUPPORTED", "spec.type", fmt::format("'{}' sources are not files", source_.type),
          "files are read by sources with `type: file`");
      return std::nullopt;
    }
    if (!source_.connection.is_object()) {
      add("WRONG_TYPE", "", "connectionDetails must be a mapping", "for example: {format: combined}");
      return std::nullopt;
    }
    known_members(source_.connection, kMembers, "");
    format();
    time();
    columns();
    service();
    texts();
    splits();
    shape();
    const bool failed = std::any_of(findings_.begin() + static_cast<std::ptrdiff_t>(before), findings_.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
    if (failed) return std::nullopt;
    return std::move(spec_);
  }

 private:
  const Json* member(std::string_view key) const { return source_.connection.find(key); }

  void add(std::string code, std::string_view path, std::string message, std::string hint) {
    Finding finding;
    finding.code = std::move(code);
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.path = path.starts_with("spec.")
                       ? std::string(path)
                       : "spec.connectionDetails" + (path.empty() ? "" : "." + std::string(path));
    finding.object = "DataSource " + source_.name;
    findings_.push_back(std::move(finding));
  }

  void known_members(const Json& object, std::span<const std::string_view> known, std::string prefix) {
    for (const auto& [key, value] : object.as_object()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      std::string hint = did_you_mean_hint(key, known);
      if (hint.empty()) {
        hint = "known members: ";
        for (const std::string_view name : known) hint += std::string(name) + ", ";
        hint.resize(hint.size() - 2);
      }
      add("UNKNOWN_FIELD", prefix + key, fmt::format("unknown member '{}'", key), std::move(hint));
    }
  }

  /// Text of a member; numbers are accepted where a text of digits is meant.
  std::string text_of(const Json& value, const std::string& path) {
    if (value.is_string()) return value.as_string();
    if (value.is_int()) return std::to_string(value.as_int());
    add("WRONG_TYPE", path, fmt::format("'{}' must be text", path), "");
    return {};
  }

  void format() {
    const Json* value = member("format");
    if (value == nullptr) {
      add("MISSING_FIELD", "format", "the format of the files is not said",
          "one of " + join_words(kFormatWords));
      return;
    }
    const std::string name = text_of(*value, "format");
    if (const auto found = format_from(name)) {
      spec_.format = *found;
      if (spec_.format == Format::tsv) spec_.delimiter = '\t';
      return;
    }
    std::string hint = did_you_mean_hint(name, kFormatWords);
    add("UNKNOWN_VALUE", "format", fmt::format("'{}' is no known format", name),
        hint.empty() ? "one of " + join_words(kFormatWords) : std::move(hint));
  }

  static std::string join_words(std::span<const std::string_view> words) {
    std::vector<std::string> copies(words.begin(), words.end());
    return join(copies, ", ");
  }

  void default_time() {
    switch (spec_.format) {
      case Format::common:
      case Format::combined: spec_.time = {{"time"}, TimeKind::clf, {}}; break;
      case Format::w3c: spec_.time = {{"date", "time"}, TimeKind::pattern, "%Y-%m-%d %H:%M:%S"}; break;
      case Format::openmetrics: spec_.time = {{"timestamp"}, TimeKind::seconds, {}}; break;
      default: spec_.time = {{}, TimeKind::rfc3339, {}};
    }
  }

  void time() {
    default_time();
    const Json* value = member("time");
    if (value == nullptr) {
      if (spec_.time.columns.empty()) {
        add("MISSING_FIELD", "time", "no column holds the time", "for example: time: {column: timestamp, unit: ms}");
      }
      return;
    }
    if (value->is_string()) {
      spec_.time.columns = {value->as_string()};
      return;
    }
    if (!value->is_object()) {
      add("WRONG_TYPE", "time", "'time' must be a column name or a mapping", "time: {column: timestamp, unit: ms}");
      return;
    }
    known_members(*value, kTimeMembers, "time.");
    if (const Json* column = value->find("column")) spec_.time.columns = {text_of(*column, "time.column")};
    if (const Json* list = value->find("columns")) {
      spec_.time.columns = texts_of(*list, "time.columns");
    }
    if (spec_.time.columns.empty()) {
      add("MISSING_FIELD", "time", "no column holds the time", "time: {column: timestamp}");
    }
    time_kind(*value);
  }

  void time_kind(const Json& value) {
    const Json* unit = value.find("unit");
    const Json* format = value.find("format");
    if (unit != nullptr && format != nullptr) {
      add("CONFLICT", "time", "'unit' and 'format' exclude each other", "'unit' is for epoch numbers");
    }
    if (unit != nullptr) {
      const std::string name = text_of(*unit, "time.unit");
      const auto found = std::find(std::begin(kTimeUnits), std::end(kTimeUnits), name);
      if (found == std::end(kTimeUnits)) {
        add("UNKNOWN_VALUE", "time.unit", fmt::format("'{}' is no unit of an epoch time", name), "one of s, ms, us, ns");
      } else {
        spec_.time.kind = static_cast<TimeKind>(found - std::begin(kTimeUnits));
      }
    }
    if (format == nullptr) return;
    const std::string name = text_of(*format, "time.format");
    if (name == "rfc3339" || name == "iso8601") {
      spec_.time.kind = TimeKind::rfc3339;
    } else if (name == "clf") {
      spec_.time.kind = TimeKind::clf;
    } else if (name == "epoch") {
      spec_.time.kind = TimeKind::seconds;
    } else if (name.find('%') != std::string::npos) {
      spec_.time.kind = TimeKind::pattern;
      spec_.time.pattern = name;
    } else {
      add("UNKNOWN_VALUE", "time.format", fmt::format("'{}' is no time format", name),
          "rfc3339, clf, epoch, or a pattern such as \"%Y-%m-%d %H:%M:%S\"");
    }
  }

  std::vector<std::string> texts_of(const Json& list, const std::string& path) {
    std::vector<std::string> texts;
    if (!list.is_array()) {
      add("WRONG_TYPE", path, fmt::format("'{}' must be a list", path), "");
      return texts;
    }
    for (const Json& item : list.as_array()) texts.push_back(text_of(item, path));
    return texts;
  }

  void columns() {
    if (const Json* value = member("columns")) {
      if (value->is_object()) {
        for (const auto& [name, details] : value->as_object()) one_column(name, details);
      } else if (value->is_array()) {
        for (const Json& item : value->as_array()) {
          if (item.is_object()) {
            one_column(item.text("name"), item);
          } else {
            spec_.columns.push_back({text_of(item, "columns"), {}, 0, 0});
          }
        }
      } else {
        add("WRONG_TYPE", "columns", "'columns' must be a list of names or a mapping", "");
      }
    }
    widths();
    place_fixed();
  }

  void one_column(const std::string& name, const Json& details) {
    if (name.empty()) {
      add("MISSING_FIELD", "columns", "a column has no name", "columns: [{name: status, width: 3}]");
      return;
    }
    ColumnSpec column{name, {}, 0, 0};
    if (details.is_string()) {
      column.unit = details.as_string();
    } else if (details.is_object()) {
      known_members(details, kColumnMembers, "columns." + name + ".");
      column.unit = details.text("unit");
      column.start = static_cast<int>(std::clamp<std::int64_t>(details.integer("start"), 0, 1 << 20));
      column.width = static_cast<int>(std::clamp<std::int64_t>(details.integer("width"), 0, 1 << 20));
    } else {
      add("WRONG_TYPE", "columns." + name, fmt::format("column '{}' must be a mapping", name), "{unit: ms}");
    }
    static constexpr std::string_view kUnits[] = {"", "ns", "us", "ms", "s"};
    if (std::find(std::begin(kUnits), std::end(kUnits), column.unit) == std::end(kUnits)) {
      add("UNKNOWN_VALUE", "columns." + name, fmt::format("'{}' is no unit of time", column.unit), "one of ns, us, ms, s");
    }
    spec_.columns.push_back(std::move(column));
  }

  void widths() {
    const Json* value = member("widths");
    if (value == nullptr) return;
    if (!value->is_array() || value->as_array().size() != spec_.columns.size()) {
      add("WRONG_TYPE", "widths", "'widths' must list one width per column", "columns: [time, status], widths: [14, 3]");
      return;
    }
    for (std::size_t i = 0; i < spec_.columns.size(); ++i) {
      const Json& width = value->as_array()[i];
      spec_.columns[i].width = width.is_int() ? static_cast<int>(std::clamp<std::int64_t>(width.as_int(), 0, 1 << 20)) : 0;
    }
  }

  void place_fixed() {
    if (spec_.format != Format::fixed) return;
    int next = 1;
    for (ColumnSpec& column : spec_.columns) {
      if (column.start == 0) column.start = next;
      if (column.width == 0) {
        add("MISSING_FIELD", "columns", fmt::format("column '{}' has no width", column.name), "columns: [{name: status, width: 3}]");
      }
      next = column.start + column.width;
    }
  }

  void service() {
    const Json* value = member("service");
    if (value == nullptr) {
      spec_.service = source_.name;
    } else if (value->is_string()) {
      spec_.service = value->as_string();
    } else if (value->is_object() && value->find("column") != nullptr) {
      spec_.service_column = value->text("column");
    } else if (value->is_object() && value->find("fixed") != nullptr) {
      spec_.service = value->text("fixed");
    } else {
      add("WRONG_TYPE", "service", "'service' must be a name or {column: NAME}", "service: {column: service}");
      return;
    }
    if (spec_.service.empty() && spec_.service_column.empty()) {
      add("MISSING_FIELD", "service", "the service is empty", "service: shop, or service: {column: service}");
    }
  }

  void texts() {
    if (const Json* zone = member("zone")) {
      spec_.zone = text_of(*zone, "zone");
      if (!Zone::find(spec_.zone)) {
        const auto close = Zone::suggest(spec_.zone);
        add("UNKNOWN_ZONE", "zone", fmt::format("'{}' is no time zone", spec_.zone),
            close.empty() ? "an IANA name such as Europe/Paris" : "did you mean '" + close[0] + "'?");
      }
    }
    if (const Json* value = member("class")) {
      const std::string name = text_of(*value, "class");
      const auto found = std::find(std::begin(kClasses), std::end(kClasses), name);
      if (found == std::end(kClasses)) {
        add("UNKNOWN_VALUE", "class", fmt::format("'{}' is no class of source", name), "one of " + join_words(kClasses));
      } else {
        spec_.source_class = static_cast<SourceClass>(found - std::begin(kClasses));
      }
    }
    if (const Json* vantage = member("vantage")) spec_.vantage = text_of(*vantage, "vantage");
    if (const Json* interval = member("interval")) {
      spec_.interval = parse_duration(text_of(*interval, "interval"));
      if (!spec_.interval || spec_.interval->count() <= 0) {
        add("UNKNOWN_VALUE", "interval", "the interval is no length of time", "for example: interval: 1m");
      }
    }
    if (const Json* delimiter = member("delimiter")) {
      const std::string c = text_of(*delimiter, "delimiter");
      if (c.size() != 1 || c[0] == '"' || c[0] == '\n' || c[0] == '\r') {
        add("UNKNOWN_VALUE", "delimiter", "the delimiter must be one character", "for example: delimiter: \";\"");
      } else {
        spec_.delimiter = c[0];
      }
    }
    if (const Json* header = member("header")) {
      if (header->is_bool()) {
        spec_.header = header->as_bool();
      } else {
        add("WRONG_TYPE", "header", "'header' must be true or false", "");
      }
    }
  }

  void splits() {
    const Json* list = member("splits");
    if (list == nullptr) return;
    if (!list->is_array()) {
      add("WRONG_TYPE", "splits", "'splits' must be a list", "splits: [{column: region, top: 5}]");
      return;
    }
    for (const Json& item : list->as_array()) one_split(item);
  }

  void one_split(const Json& item) {
    SplitSpec split;
    if (item.is_string()) {
      split.column = item.as_string();
    } else if (item.is_object()) {
      known_members(item, kSplitMembers, "splits.");
      split.column = item.text("column");
      split.label = item.text("label");
      split.top = static_cast<int>(std::clamp<std::int64_t>(item.integer("top"), 0, 1000));
      if (const Json* values = item.find("values")) split.values = texts_of(*values, "splits.values");
    }
    constexpr int kMost = 100;
    if (split.column.empty()) {
      add("MISSING_FIELD", "splits", "a split names no column", "splits: [{column: region, top: 5}]");
    }
    if (split.top > kMost || split.values.size() > kMost) {
      add("OUT_OF_RANGE", "splits", "a split may tell at most 100 values apart", "the rest is counted as 'other'");
    }
    if (split.top == 0 && split.values.empty()) split.top = 10;
    if (split.label.empty()) split.label = split.column;
    spec_.splits.push_back(std::move(split));
  }

  void shape() {
    if (const Json* pattern = member("pattern")) spec_.pattern = text_of(*pattern, "pattern");
    if (spec_.format == Format::pattern) {
      const RE2 expression(spec_.pattern, RE2::Quiet);
      if (spec_.pattern.empty()) {
        add("MISSING_FIELD", "pattern", "the pattern is missing", R"(pattern: '(?P<time>\S+) (?P<status>\d+)')");
      } else if (!expression.ok()) {
        add("BAD_PATTERN", "pattern", fmt::format("bad regular expression: {}", expression.error()),
            "RE2 syntax: no look-around, no back references");
      } else if (expression.NamedCapturingGroups().empty()) {
        add("BAD_PATTERN", "pattern", "the pattern names no groups", "(?P<status>[0-9]+) makes a column 'status'");
      }
    } else if (!spec_.pattern.empty()) {
      add("CONFLICT", "pattern", "a pattern needs `format: pattern`", "");
    }
    if (spec_.format == Format::fixed && spec_.columns.empty()) {
      add("MISSING_FIELD", "columns", "fixed-width files need columns", "columns: [{name: status, width: 3}]");
    }
    const bool delimited = spec_.format == Format::csv || spec_.format == Format::tsv;
    if (delimited && !spec_.header && spec_.columns.empty()) {
      add("MISSING_FIELD", "columns", "files without a header line need columns", "columns: [timestamp, status]");
    }
  }

  const slo::DataSource& source_;
  Findings& findings_;
  SourceSpec spec_;
};

}  // namespace

std::string_view to_string(Format format) { return kFormatWords[static_cast<std::size_t>(format)]; }

std::optional<Format> format_from(std::string_view name) {
  for (const FormatName& row : kFormats) {
    if (row.name == name) return row.format;
  }
  return std::nullopt;
}

std::string_view to_string(SourceClass source_class) {
  return kClasses[static_cast<std::size_t>(source_class)];
}

const ColumnSpec* SourceSpec::find_column(std::string_view column) const {
  for (const ColumnSpec& c : columns) {
    if (c.name == column) return &c;
  }
  return nullptr;
}

std::optional<SourceSpec> read_source(const slo::DataSource& source, Findings& findings) {
  return Reader(source, findings).run();
}

SourceSpec require_source(const slo::DataSource& source) {
  Findings findings;
  auto spec = read_source(source, findings);
  if (spec) return std::move(*spec);
  const Finding& first = findings.front();
  throw Error(ExitCode::bad_data,
              fmt::format("source '{}': {}: {}", source.name, first.path, first.message), first.hint,
              "SOURCE_INVALID");
}

std::vector<std::string> built_in_columns(Format format) {
  switch (format) {
    case Format::common: return {"host", "ident", "user", "time", "request", "method", "path", "protocol", "status", "bytes"};
    case Format::combined:
      return {"host", "ident", "user", "time", "request", "method", "path", "protocol", "status", "bytes", "referrer", "agent"};
    default: return {};
  }
}

}  // namespace nines::ingest
