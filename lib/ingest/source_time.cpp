// The `time` part of a file source, with the defaults that each format brings along.
#include "ingest/source_parts.hpp"

#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "base/zone.hpp"
#include "ingest/time_layout.hpp"

namespace nines::ingest {
namespace {

using slo::Code;

constexpr std::array<std::string_view, 4> kEpochUnits{"s", "ms", "us", "ns"};  // as in TimeKind

constexpr std::string_view kFormatHint =
    "epoch, rfc3339, iso8601, clf, syslog, or a layout such as '%Y-%m-%d %H:%M:%S'";

/// What a format says about its times without being asked.
void set_defaults(SourceSpec& d) {
  const auto set = [&](std::vector<std::string> columns, TimeKind kind) {
    d.time.columns = std::move(columns);
    d.time.kind = kind;
  };
  switch (d.format) {
    case Format::common:
    case Format::combined:
      return set({"time"}, TimeKind::clf);
    case Format::w3c:
      return set({"date", "time"}, TimeKind::iso8601);
    case Format::openmetrics:
      return set({"timestamp"}, TimeKind::seconds);
    case Format::prometheus:
      return set({"timestamp"}, TimeKind::milliseconds);
    default:
      return;
  }
}

bool is_epoch(TimeKind kind) { return kind <= TimeKind::nanoseconds; }

void read_time_columns(ObjectReader& time, SourceSpec& d) {
  const Json* value = time.find("column");
  if (!value) return;
  if (value->is_string() && !value->as_string().empty()) {
    d.time.columns = {value->as_string()};
    return;
  }
  bool good = value->is_array() && value->as_array().size() == 2;
  std::vector<std::string> names;
  if (good) {
    for (const Json& name : value->as_array()) {
      good = good && name.is_string() && !name.as_string().empty();
      if (good) names.push_back(name.as_string());
    }
  }
  if (good) {
    d.time.columns = std::move(names);
  } else {
    time.error(Code::wrong_type, "column", "'column' must name one column, or two in a list",
               "two columns hold a date and a time of day: [date, time]");
  }
}

void read_layout(ObjectReader& time, std::string_view text, SourceSpec& d) {
  d.time.kind = TimeKind::pattern;
  d.time.pattern = text;
  if (const auto compiled = TimeLayout::compile(text); !compiled.layout)
    time.error(Code::bad_time_layout, "format", compiled.error, "see nines-slo(5), TIME LAYOUTS");
}

void read_time_format(ObjectReader& time, SourceSpec& d) {
  const auto format = time.text("format");
  if (!format) return;
  constexpr std::array<std::string_view, 5> kKnown{"epoch", "rfc3339", "iso8601", "clf", "syslog"};
  if (*format == "epoch")
    d.time.kind = is_epoch(d.time.kind) ? d.time.kind : TimeKind::seconds;
  else if (*format == "rfc3339")
    d.time.kind = TimeKind::rfc3339;
  else if (*format == "iso8601")
    d.time.kind = TimeKind::iso8601;
  else if (*format == "clf")
    d.time.kind = TimeKind::clf;
  else if (*format == "syslog")
    read_layout(time, "%b %e %H:%M:%S", d);
  else if (format->find('%') != std::string::npos)
    read_layout(time, *format, d);
  else {
    const std::string close = did_you_mean_hint(*format, kKnown);
    time.error(Code::bad_enum, "format", fmt::format("'{}' is not a known time format", *format),
               close.empty() ? std::string(kFormatHint) : close);
  }
}

void read_unit(ObjectReader& time, bool format_stated, SourceSpec& d) {
  const auto unit = time.choice("unit", {kEpochUnits.begin(), kEpochUnits.end()});
  if (!unit) {
    const bool own_unit = d.format == Format::openmetrics || d.format == Format::prometheus;
    if (format_stated && is_epoch(d.time.kind) && !own_unit && !time.find("unit"))
      time.error(Code::missing_field, "unit", "'unit' is missing", "s, ms, us or ns");
    return;
  }
  if (format_stated && !is_epoch(d.time.kind))
    time.error(Code::one_of, "unit", "'unit' only goes with the format 'epoch'");
  d.time.kind = static_cast<TimeKind>(*unit);
}

std::optional<TimeLayout> layout_of(const SourceSpec& d) {
  if (d.time.kind != TimeKind::pattern) return std::nullopt;
  return TimeLayout::compile(d.time.pattern).layout;
}

void read_year_rule(ObjectReader& time, SourceSpec& d) {
  if (const auto year = time.integer("year", 1970, 2199)) d.time.year = static_cast<int>(*year);
  if (const auto latest = time.text("latest")) {
    const auto at = parse_rfc3339(*latest + "T00:00:00Z");
    if (at)
      d.time.latest = std::chrono::floor<std::chrono::days>(*at);
    else
      time.error(Code::bad_date, "latest", fmt::format("'{}' is not a date", *latest),
                 "a day such as 2026-11-23");
  }
  if (d.time.year && d.time.latest)
    time.error(Code::one_of, "latest", "'year' and 'latest' exclude each other");
  const auto layout = layout_of(d);
  const bool needs_year = layout && !layout->has_year();
  if (needs_year && !d.time.year && !d.time.latest)
    time.error(Code::missing_field, "", "the times have no year and no rule gives one",
               "state 'year: 2026', or 'latest: 2026-11-23' for the twelve months up to that day");
  if (!needs_year && (d.time.year || d.time.latest))
    time.error(Code::one_of, d.time.year ? "year" : "latest",
               "a year rule is only for times without a year");
}

void read_zone(ObjectReader& in, SourceSpec& d) {
  const auto name = in.text("zone");
  const auto layout = layout_of(d);
  if (!name) {
    if (layout && !layout->has_zone())
      in.warning(Code::bad_time_zone, "time",
                 "the times have no zone and none is stated: they are read as UTC",
                 "state 'zone: UTC', or the zone the program logs in");
    return;
  }
  d.zone = *name;
  if (Zone::find(*name)) return;
  const auto close = Zone::suggest(*name);
  in.error(Code::bad_time_zone, "zone", fmt::format("'{}' is not a known time zone", *name),
           close.empty() ? "an IANA name such as Europe/Paris, or UTC"
                         : fmt::format("did you mean {}?", join(close, ", ")));
}

void read_time_members(ObjectReader& time, const Json& value, SourceSpec& d) {
  const bool format_stated = value.find("format") != nullptr;
  read_time_columns(time, d);
  read_time_format(time, d);
  read_unit(time, format_stated, d);
  read_year_rule(time, d);
  if (const auto rule = time.choice("ambiguous", {"refuse", "earlier", "later"}))
    d.time.ambiguous = static_cast<Ambiguous>(*rule);
  if (d.time.columns.empty() && !value.find("column"))
    time.error(Code::missing_field, "column", "'column' is missing",
               "the column that holds the time");
  if (d.time.columns.size() == 2 && built_in_columns(d.format).size() > 0)
    time.error(Code::one_of, "column", "an access log has its time in one field");
}

}  // namespace

void read_source_time(ObjectReader& in, SourceSpec& d) {
  constexpr std::string_view kExample = "time: {column: timestamp, format: rfc3339}";
  set_defaults(d);
  const Json* value = in.find("time");
  if (!value) {
    if (d.time.columns.empty())
      in.error(Code::missing_field, "time", "'time' is missing: no column holds the time",
               std::string(kExample));
  } else if (value->is_string() && !value->as_string().empty()) {
    d.time.columns = {value->as_string()};
  } else if (!value->is_object()) {
    in.error(Code::wrong_type, "time",
             fmt::format("'time' must be a column name or a map, not {}", kind_of(*value)),
             std::string(kExample));
  } else {
    ObjectReader time(*value, in.path_of("time"), in.findings());
    read_time_members(time, *value, d);
    time.finish();
  }
  read_zone(in, d);
}

}  // namespace nines::ingest
