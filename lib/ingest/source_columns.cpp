// The columns of a file source: names, other names, units, places, and what separates them.
#include "ingest/source_parts.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace nines::ingest {
namespace {

using slo::Code;

constexpr std::size_t kMostNamedColumns = 1000;
constexpr int kWidest = 1 << 20;

struct DelimiterRow {
  std::string_view name;
  char value;
};
constexpr std::array kDelimiters{DelimiterRow{"comma", ','}, DelimiterRow{"tab", '\t'},
                                 DelimiterRow{"semicolon", ';'}, DelimiterRow{"pipe", '|'},
                                 DelimiterRow{"space", ' '}};

bool is_delimited(Format format) { return format == Format::csv || format == Format::tsv; }

/// Formats whose columns are told apart by their place in `columns`.
bool takes_order(const SourceSpec& spec) {
  return is_delimited(spec.format) || spec.format == Format::fixed ||
         spec.format == Format::common || spec.format == Format::combined;
}

void add_column(ObjectReader& in, const std::string& path, ColumnSpec column, SourceSpec& spec) {
  if (spec.find_column(column.name))
    in.error(Code::duplicate_key, path, fmt::format("'{}' is described twice", column.name));
  spec.columns.push_back(std::move(column));
}

/// {name, from, unit, start, width}; the name is given already when `columns` is a map.
void read_column(ObjectReader& in, const std::string& path, const Json& value, std::string name,
                 SourceSpec& spec) {
  if (!value.is_object()) {
    in.error(Code::wrong_type, path,
             fmt::format("a column must be a name or a map, not {}", kind_of(value)),
             "{name: latency, from: request_time, unit: s}");
    return;
  }
  ObjectReader column(value, in.path_of(path), in.findings());
  ColumnSpec out;
  out.name = std::move(name);
  if (out.name.empty())
    out.name = column.required_text("name", "the name that predicates use").value_or("");
  out.from = column.text("from").value_or("");
  if (!out.from.empty() && takes_order(spec) && !is_delimited(spec.format))
    column.error(Code::one_of, "from",
                 "'from' has no meaning where columns have no names in the file");
  constexpr std::array<std::string_view, 4> kValueUnits{"s", "ms", "us", "ns"};
  if (const auto unit = column.choice("unit", {kValueUnits.begin(), kValueUnits.end()}))
    out.unit = kValueUnits[*unit];
  const auto start = column.integer("start", 1, kWidest);
  const auto width = column.integer("width", 1, kWidest);
  if ((start || width) && spec.format != Format::fixed)
    column.error(Code::one_of, start ? "start" : "width",
                 "only the format 'fixed' has columns by place");
  out.start = static_cast<int>(start.value_or(0));
  out.width = static_cast<int>(width.value_or(0));
  column.finish();
  if (!out.name.empty()) add_column(in, path, std::move(out), spec);
}

void read_list(ObjectReader& in, const Json& list, SourceSpec& spec) {
  const auto& items = list.as_array();
  if (items.size() > kMostNamedColumns) {
    in.error(Code::out_of_range, "columns", fmt::format("{} columns are too many", items.size()),
             fmt::format("at most {}", kMostNamedColumns));
    return;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = fmt::format("columns[{}]", i);
    if (items[i].is_string() && !items[i].as_string().empty()) {
      ColumnSpec column;
      column.name = items[i].as_string();
      add_column(in, path, std::move(column), spec);
    } else {
      read_column(in, path, items[i], {}, spec);
    }
  }
}

/// {name: name in the file} or {name: {from, unit}}.
void read_map(ObjectReader& in, const Json& map, SourceSpec& spec) {
  for (const auto& [name, value] : map.as_object()) {
    const std::string path = "columns." + name;
    if (value.is_string() && !value.as_string().empty()) {
      ColumnSpec column;
      column.name = name;
      column.from = value.as_string();
      add_column(in, path, std::move(column), spec);
    } else {
      read_column(in, path, value, name, spec);
    }
  }
  const bool order_matters = takes_order(spec) && !(is_delimited(spec.format) && spec.header);
  if (order_matters)
    in.error(Code::wrong_type, "columns", "'columns' must be a list here, since the order matters",
             "columns: [{name: latency, unit: s}]");
}

/// Fixed-width columns follow each other unless they say where they begin.
void place_fixed(ObjectReader& in, SourceSpec& spec) {
  int next = 1;
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    ColumnSpec& column = spec.columns[i];
    if (column.start == 0) column.start = next;
    if (column.width == 0)
      in.error(Code::missing_field, fmt::format("columns[{}].width", i),
               fmt::format("column '{}' has no width", column.name),
               "columns: [{name: status, start: 28, width: 3}]");
    next = column.start + column.width;
  }
}

void read_named_columns(ObjectReader& in, SourceSpec& spec) {
  const Json* value = in.find("columns");
  if (value && value->is_array()) {
    read_list(in, *value, spec);
  } else if (value && value->is_object()) {
    read_map(in, *value, spec);
  } else if (value) {
    in.error(Code::wrong_type, "columns",
             fmt::format("'columns' must be a list or a map, not {}", kind_of(*value)),
             "columns: [time, service, status], or columns: {status: http.status_code}");
  }
  if (value) {
    if (spec.format == Format::fixed) place_fixed(in, spec);
  } else if (spec.format == Format::fixed) {
    in.error(Code::missing_field, "columns", "fixed-width files need 'columns'",
             "columns: [{name: status, start: 28, width: 3}]");
  } else if (is_delimited(spec.format) && !spec.header) {
    in.error(Code::missing_field, "columns", "files without a header line need 'columns'",
             "columns: [time, service, status]");
  }
}

void read_delimiter(ObjectReader& in, SourceSpec& spec) {
  if (spec.format == Format::tsv) spec.delimiter = '\t';
  const auto text = in.text("delimiter");
  if (!text) return;
  if (spec.format != Format::csv)
    return in.error(Code::one_of, "delimiter", "'delimiter' only goes with the format 'csv'");
  for (const DelimiterRow& row : kDelimiters)
    if (row.name == *text) return void(spec.delimiter = row.value);
  const char c = (*text)[0];
  if (text->size() == 1 && c != '"' && c != '\n' && c != '\r' && c > 0)
    return void(spec.delimiter = c);
  in.error(Code::bad_enum, "delimiter", fmt::format("'{}' is no delimiter", *text),
           "one ASCII character other than a quote, or comma, tab, semicolon, pipe, space");
}

void read_header(ObjectReader& in, SourceSpec& spec) {
  const auto header = in.flag("header");
  if (!header) return;
  spec.header = *header;
  if (!is_delimited(spec.format))
    in.error(Code::one_of, "header", "'header' only goes with the formats 'csv' and 'tsv'");
}

void read_pattern(ObjectReader& in, SourceSpec& spec) {
  constexpr std::string_view kExample = R"(pattern: '(?P<time>\S+ \S+) (?P<status>[0-9]+)')";
  const auto text = in.text("pattern", 10'000);
  const bool wanted = spec.format == Format::pattern;
  if (!text && wanted && !in.find("pattern"))
    in.error(Code::missing_field, "pattern", "'pattern' is missing", std::string(kExample));
  if (!text) return;
  spec.pattern = *text;
  if (!wanted)
    return in.error(Code::one_of, "pattern", "'pattern' only goes with the format 'pattern'");
  const RE2 expression(*text, RE2::Quiet);
  if (!expression.ok()) {
    in.error(Code::bad_pattern, "pattern",
             fmt::format("the pattern is not valid: {}", expression.error()),
             "RE2 syntax: no look-around, no back-references");
  } else if (expression.NamedCapturingGroups().empty()) {
    in.error(Code::bad_pattern, "pattern", "the pattern names no groups, so there are no columns",
             std::string(kExample));
  }
}

}  // namespace

void read_source_columns(ObjectReader& in, SourceSpec& spec) {
  read_header(in, spec);
  read_delimiter(in, spec);
  read_named_columns(in, spec);
  read_pattern(in, spec);
}

}  // namespace nines::ingest
