// Reads the connection details of a file source: every mistake is found, each with its path.
#include "ingest/source_spec.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/source_parts.hpp"

namespace nines::ingest {
namespace {

using slo::Code;

constexpr std::array<std::string_view, 10> kFormats{
    "common", "combined",    "w3c",        "csv",     "tsv",
    "jsonl",  "openmetrics", "prometheus", "pattern", "fixed"};
struct OtherName {
  std::string_view name;
  Format format;
};
constexpr std::array kOtherNames{
    OtherName{"nginx", Format::combined}, OtherName{"apache", Format::combined},
    OtherName{"iis", Format::w3c},        OtherName{"json", Format::jsonl},
    OtherName{"ndjson", Format::jsonl},   OtherName{"regex", Format::pattern}};
constexpr std::array<std::string_view, 5> kClasses{"server", "balancer", "synthetic", "real-user",
                                                   "vendor"};
constexpr std::array<std::string_view, 12> kSourceMembers{
    "format",    "time",    "zone",  "service", "columns",          "header",
    "delimiter", "pattern", "class", "vantage", "expectedInterval", "splits"};
constexpr std::size_t kMostSplits = 5;
constexpr int kMostValues = 100;
constexpr int kUsualTop = 10;

bool read_format(ObjectReader& in, SourceSpec& spec) {
  if (in.misspelt("format")) return false;  // said as an unknown field
  const auto name = in.required_text("format",
                                     "one of common, combined, w3c, csv, tsv, jsonl, "
                                     "openmetrics, prometheus, pattern, fixed");
  if (!name) return false;
  if (const auto format = format_from(*name)) {
    spec.format = *format;
    return true;
  }
  std::string hint = did_you_mean_hint(*name, kFormats);
  if (hint.empty())
    hint = "one of " + join(std::vector<std::string>(kFormats.begin(), kFormats.end()), ", ");
  in.error(Code::bad_enum, "format", fmt::format("'{}' is not a known format", *name), hint);
  return false;
}

void read_service(ObjectReader& in, SourceSpec& spec) {
  const Json* value = in.find("service");
  if (!value) {
    spec.service = spec.name;
  } else if (value->is_string() && !value->as_string().empty()) {
    spec.service = value->as_string();
  } else if (value->is_object()) {
    ObjectReader service(*value, in.path_of("service"), in.findings());
    spec.service_column = service.text("column").value_or("");
    spec.service = service.text("fixed").value_or("");
    if (!spec.service_column.empty() && !spec.service.empty())
      service.error(Code::one_of, "fixed", "'column' and 'fixed' exclude each other");
    if (!value->find("column") && !value->find("fixed"))
      service.error(Code::missing_field, "column", "'column' is missing",
                    "the column that names the service");
    service.finish();
  } else {
    in.error(Code::wrong_type, "service",
             fmt::format("'service' must be a name or a map, not {}", kind_of(*value)),
             "service: checkout, or service: {column: host}");
  }
}

std::vector<std::string> read_values(ObjectReader& split, const Json& list) {
  std::vector<std::string> values;
  if (list.is_array())
    for (const Json& item : list.as_array())
      if (item.is_string()) values.push_back(item.as_string());
  if (values.empty() || values.size() != list.as_array().size())
    split.error(Code::wrong_type, "values", "'values' must be a list of texts", "values: [eu, us]");
  if (values.size() > static_cast<std::size_t>(kMostValues))
    split.error(Code::out_of_range, "values", fmt::format("{} values are too many", values.size()),
                fmt::format("at most {}; the rest is counted as 'other'", kMostValues));
  return values;
}

void read_split(ObjectReader& in, const Json& item, const std::string& path, SourceSpec& spec) {
  if (item.is_string() && !item.as_string().empty()) {
    spec.splits.push_back({item.as_string(), item.as_string(), {}, kUsualTop});
    return;
  }
  if (!item.is_object()) {
    in.error(Code::wrong_type, path,
             fmt::format("a split must be a column or a map, not {}", kind_of(item)),
             "splits: [region], or [{label: region, column: geo.region, top: 20}]");
    return;
  }
  ObjectReader split(item, in.path_of(path), in.findings());
  SplitSpec out;
  out.column = split.required_text("column", "the column whose values are told apart").value_or("");
  out.label = split.text("label").value_or(out.column);
  out.top = static_cast<int>(split.integer("top", 1, kMostValues).value_or(0));
  if (const Json* values = split.find("values")) {
    out.values = read_values(split, *values);
    if (out.top != 0) split.error(Code::one_of, "top", "'top' and 'values' exclude each other");
  }
  if (out.top == 0 && out.values.empty()) out.top = kUsualTop;
  split.finish();
  if (!out.column.empty()) spec.splits.push_back(std::move(out));
}

void read_splits(ObjectReader& in, SourceSpec& spec) {
  const Json* value = in.find("splits");
  if (!value) return;
  if (!value->is_array())
    return in.error(Code::wrong_type, "splits",
                    fmt::format("'splits' must be a list, not {}", kind_of(*value)),
                    "splits: [region]");
  const auto& items = value->as_array();
  if (items.size() > kMostSplits)
    return in.error(
        Code::out_of_range, "splits", fmt::format("{} splits are too many", items.size()),
        fmt::format("at most {}: each multiplies the series that are stored", kMostSplits));
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = fmt::format("splits[{}]", i);
    const std::size_t before = spec.splits.size();
    read_split(in, items[i], path, spec);
    if (spec.splits.size() == before) continue;
    const std::string& label = spec.splits.back().label;
    if (label.find_first_of("=,\n") != std::string::npos)
      in.error(Code::bad_label_key, path,
               fmt::format("the label '{}' holds '=', ',' or a line end", label));
    for (std::size_t j = 0; j < before; ++j)
      if (spec.splits[j].label == label)
        in.error(Code::duplicate_key, path, fmt::format("'{}' is split on twice", label));
  }
}

void read_origin(ObjectReader& in, SourceSpec& spec) {
  if (const auto at = in.choice("class", {kClasses.begin(), kClasses.end()}))
    spec.source_class = static_cast<SourceClass>(*at);
  spec.vantage = in.text("vantage").value_or("");
  const auto text = in.text("expectedInterval");
  if (!text) return;
  spec.interval = parse_duration(*text);
  if (!spec.interval)
    return in.error(Code::bad_duration, "expectedInterval",
                    fmt::format("'{}' is not a duration", *text),
                    "a number with a unit: 30s, 5m, 1h");
  if (*spec.interval < std::chrono::seconds(1) || *spec.interval > std::chrono::hours(24))
    in.error(Code::out_of_range, "expectedInterval", fmt::format("'{}' is out of range", *text),
             "between 1s and 1d");
}

/// Every name the document uses must be a column, where the columns are known beforehand.
void check_names(ObjectReader& in, const SourceSpec& spec) {
  const auto known = known_columns(spec);
  if (!known) return;
  const std::vector<std::string_view> names(known->begin(), known->end());
  const auto check = [&](std::string_view name, const std::string& path) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    std::string hint = did_you_mean_hint(name, names);
    if (hint.empty()) hint = fmt::format("columns: {}", join(*known, ", "));
    const bool group = spec.format == Format::pattern;
    in.error(group ? Code::bad_pattern : Code::ref_unresolved, path,
             group ? fmt::format("the pattern has no group '{}'", name)
                   : fmt::format("'{}' is not a column of this format", name),
             hint);
  };
  for (const std::string& name : spec.time.columns) check(name, "time.column");
  if (!spec.service_column.empty()) check(spec.service_column, "service.column");
  for (std::size_t i = 0; i < spec.splits.size(); ++i)
    check(spec.splits[i].column, fmt::format("splits[{}].column", i));
  for (std::size_t i = 0; i < spec.columns.size(); ++i)
    if (!spec.columns[i].from.empty())
      check(spec.columns[i].from, "columns." + spec.columns[i].name);
}

void read_members(ObjectReader& in, SourceSpec& spec) {
  if (!read_format(in, spec)) {
    // What else is allowed depends on it, but not which names there are.
    in.know({kSourceMembers.begin(), kSourceMembers.end()});
    return in.finish();
  }
  read_source_columns(in, spec);
  read_source_time(in, spec);
  read_service(in, spec);
  read_origin(in, spec);
  read_splits(in, spec);
  in.finish();
}

}  // namespace

std::span<const std::string_view> source_members() { return kSourceMembers; }

std::string_view to_string(Format format) { return kFormats[static_cast<std::size_t>(format)]; }

std::string_view to_string(SourceClass c) { return kClasses[static_cast<std::size_t>(c)]; }

std::optional<Format> format_from(std::string_view name) {
  for (std::size_t i = 0; i < kFormats.size(); ++i)
    if (kFormats[i] == name) return static_cast<Format>(i);
  for (const OtherName& row : kOtherNames)
    if (row.name == name) return row.format;
  return std::nullopt;
}

const ColumnSpec* SourceSpec::find_column(std::string_view column) const {
  for (const ColumnSpec& c : columns)
    if (c.name == column) return &c;
  return nullptr;
}

std::string_view SourceSpec::resolve(std::string_view column) const {
  const ColumnSpec* found = find_column(column);
  return found && !found->from.empty() ? std::string_view(found->from) : column;
}

std::vector<std::string> built_in_columns(Format format) {
  if (format != Format::common && format != Format::combined) return {};
  std::vector<std::string> names{"host",   "ident", "user",     "time",   "request",
                                 "method", "path",  "protocol", "status", "bytes"};
  if (format == Format::combined) names.insert(names.end(), {"referrer", "agent"});
  return names;
}

std::optional<std::vector<std::string>> known_columns(const SourceSpec& spec) {
  std::vector<std::string> names = built_in_columns(spec.format);
  if (spec.format == Format::pattern) {
    const RE2 expression(spec.pattern, RE2::Quiet);
    for (const auto& [name, group] : expression.NamedCapturingGroups()) names.push_back(name);
  }
  const bool delimited = spec.format == Format::csv || spec.format == Format::tsv;
  const bool listed = spec.format == Format::fixed || (delimited && !spec.header);
  if (names.empty() && !listed) return std::nullopt;
  for (const ColumnSpec& column : spec.columns) names.push_back(column.name);
  return names;
}

std::optional<SourceSpec> read_source(const slo::DataSource& source, Findings& findings) {
  Findings own;
  SourceSpec spec;
  spec.name = source.name;
  ObjectReader in(source.connection, "spec.connectionDetails", own);
  if (source.type != "file") {
    ObjectReader(source.connection, "spec", own)
        .error(Code::bad_enum, "type", fmt::format("'{}' sources are not files", source.type),
               "files are read by sources with 'type: file'");
  } else if (!source.connection.is_object()) {
    in.error(Code::wrong_type, "",
             fmt::format("a file source needs a map here, not {}", kind_of(source.connection)),
             "connectionDetails: {format: combined, service: web}");
  } else {
    read_members(in, spec);
    if (!has_errors(own)) check_names(in, spec);
  }
  if (!is_sound(source, std::move(own), findings)) return std::nullopt;
  return spec;
}

bool is_sound(const slo::DataSource& source, Findings own, Findings& findings) {
  for (Finding& finding : own) finding.object = "DataSource " + source.name;
  const bool sound = !has_errors(own);
  findings.insert(findings.end(), std::make_move_iterator(own.begin()),
                  std::make_move_iterator(own.end()));
  return sound;
}

Error source_invalid(const slo::DataSource& source, const Findings& findings) {
  const auto first = std::find_if(findings.begin(), findings.end(),
                                  [](const Finding& f) { return f.severity == Severity::error; });
  return Error(ExitCode::bad_data,
               fmt::format("source '{}': {}: {}", source.name, first->path, first->message),
               first->hint, "SOURCE_INVALID");
}

SourceSpec require_source(const slo::DataSource& source) {
  Findings findings;
  auto spec = read_source(source, findings);
  if (spec) return std::move(*spec);
  throw source_invalid(source, findings);
}

}  // namespace nines::ingest
