// Guesses how an unknown raw file is to be read: formats are tried, columns are told by name and
// content.
#include "ingest/infer.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/infer_table.hpp"

namespace nines::ingest {
namespace {

constexpr std::array<std::string_view, 4> kUnits{"s", "ms", "us", "ns"};
constexpr std::size_t kMostServices = 500;

/// The last part of a dotted name, lower case, with '_' for every other separator.
std::string plain(std::string_view name) {
  std::string out = to_lower_ascii(name.substr(name.rfind('.') + 1));
  for (char& c : out)
    if (c == '-' || c == ' ' || c == '(' || c == ')') c = '_';
  return out;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), name) != words.end();
}

struct Column {
  std::size_t present = 0;
  std::size_t numbers = 0;
  std::size_t whole = 0;
  double low = 0;
  double high = 0;
  std::set<std::string> distinct;  ///< at most kMostServices + 1
};

Column look_at(const SampleTable& table, std::size_t c) {
  Column column;
  for (const auto& value : table.values[c]) {
    if (!value || value->empty()) continue;
    ++column.present;
    if (column.distinct.size() <= kMostServices) column.distinct.insert(*value);
    const auto number = Decimal::parse(*value);
    if (!number) continue;
    const double size = number->to_double();
    column.low = column.numbers == 0 ? size : std::min(column.low, size);
    column.high = column.numbers == 0 ? size : std::max(column.high, size);
    ++column.numbers;
    column.whole += number->scale() == 0 ? 1 : 0;
  }
  return column;
}

/// The columns of one sample and what they seem to mean.
class Roles {
 public:
  Roles(const SampleTable& table, Draft& draft) : table_(table), draft_(draft) {
    for (std::size_t c = 0; c < table.names.size(); ++c) columns_.push_back(look_at(table, c));
  }

  void settle() {
    if (draft_.spec.format == Format::openmetrics || draft_.spec.format == Format::prometheus) {
      metric();
      return;
    }
    service();
    counts();
    if (draft_.total_sum.empty()) good();
    latency();
  }

 private:
  bool taken(std::size_t c) const {
    const auto& times = draft_.spec.time.columns;
    return std::find(times.begin(), times.end(), table_.names[c]) != times.end();
  }

  template <class Fits>
  std::optional<std::size_t> find(const Fits& fits) const {
    for (std::size_t c = 0; c < columns_.size(); ++c)
      if (!taken(c) && columns_[c].present > 0 && fits(plain(table_.names[c]), columns_[c]))
        return c;
    return std::nullopt;
  }

  void service() {
    constexpr std::array<std::string_view, 10> kNames{
        "service",   "service_name", "svc",         "app",        "application",
        "component", "vhost",        "server_name", "s_sitename", "job"};
    const auto c = find([&](std::string_view name, const Column& column) {
      return is_one_of(name, kNames) && column.distinct.size() <= kMostServices &&
             column.numbers < column.present;
    });
    if (c)
      draft_.spec.service_column = table_.names[*c];
    else
      draft_.notes.push_back("no column names a service: all rows belong to one");
  }

  /// Rows that hold counts already: "minute,service,good,total".
  void counts() {
    constexpr std::array<std::string_view, 6> kGood{"good", "success",    "successes",
                                                    "ok",   "good_count", "success_count"};
    constexpr std::array<std::string_view, 6> kTotal{"total",         "requests", "total_count",
                                                     "request_count", "count",    "events"};
    const auto whole = [](const Column& c) { return c.whole == c.present && c.low >= 0; };
    const auto good =
        find([&](std::string_view n, const Column& c) { return is_one_of(n, kGood) && whole(c); });
    const auto total =
        find([&](std::string_view n, const Column& c) { return is_one_of(n, kTotal) && whole(c); });
    if (!good || !total || columns_[*good].high > columns_[*total].high) return;
    draft_.good_sum = table_.names[*good];
    draft_.total_sum = table_.names[*total];
  }

  static bool is_status(const Column& c) {
    return c.whole == c.present && c.low >= 100 && c.high <= 599;
  }

  void good() {
    constexpr std::array<std::string_view, 10> kStatus{
        "status",        "status_code", "http_status", "code", "statuscode",
        "response_code", "sc_status",   "http_code",   "rc",   "response_status"};
    const auto status = find(
        [&](std::string_view n, const Column& c) { return is_one_of(n, kStatus) && is_status(c); });
    if (status) {
      draft_.where = fmt::format("{} < 500", quoted_name(table_.names[*status]));
      return;
    }
    if (good_by_word()) return;
    draft_.notes.push_back(
        "no column tells good from bad rows: write the predicate of the SLI yourself");
  }

  /// success = "true", result = "ok", level != "ERROR".
  bool good_by_word() {
    constexpr std::array<std::string_view, 9> kWords{
        "true", "ok", "success", "passed", "pass", "up", "succeeded", "OK", "SUCCESS"};
    constexpr std::array<std::string_view, 7> kNames{"success", "ok",     "result", "outcome",
                                                     "status",  "passed", "up"};
    for (const std::string_view word : kWords) {
      const auto c = find([&](std::string_view n, const Column& column) {
        return is_one_of(n, kNames) && column.distinct.size() <= 10 &&
               column.distinct.count(std::string(word)) == 1;
      });
      if (!c) continue;
      draft_.where = fmt::format("{} = \"{}\"", quoted_name(table_.names[*c]), word);
      return true;
    }
    const auto level = find([](std::string_view n, const Column& c) {
      return (n == "level" || n == "severity") && c.distinct.size() <= 10;
    });
    if (!level) return false;
    draft_.where =
        fmt::format("not {} =~ \"(?i)^(error|fatal|critical)\"", quoted_name(table_.names[*level]));
    draft_.notes.push_back(
        "log lines are counted as events and errors as bad: check that this is what you mean");
    return true;
  }

  void latency() {
    constexpr std::array<std::string_view, 7> kWords{
        "latency", "duration", "elapsed", "response_time", "request_time", "time_taken", "took"};
    const auto c = find([&](std::string_view n, const Column& column) {
      return column.numbers == column.present && column.low >= 0 &&
             std::any_of(kWords.begin(), kWords.end(),
                         [&](std::string_view w) { return n.find(w) != std::string_view::npos; });
    });
    if (!c) return;
    draft_.latency = table_.names[*c];
    const std::string name = plain(draft_.latency);
    for (const std::string_view unit : kUnits)
      if (name.ends_with("_" + std::string(unit))) return;
    if (name.ends_with("_seconds")) return;
    if (const ColumnSpec* described = draft_.spec.find_column(draft_.latency);
        described && !described->unit.empty())
      return assume(described->unit);
    ColumnSpec column;
    column.name = draft_.latency;
    // IIS states milliseconds; elsewhere fractions below 100 are most often seconds.
    const bool seconds = draft_.spec.format != Format::w3c &&
                         columns_[*c].whole < columns_[*c].numbers && columns_[*c].high < 100;
    column.unit = seconds ? "s" : "ms";
    assume(column.unit);
    if (!(draft_.spec.format == Format::csv && !draft_.spec.header))
      draft_.spec.columns.push_back(column);
  }

  void assume(const std::string& unit) {
    draft_.notes.push_back(fmt::format("'{}' is taken as a duration in {}", draft_.latency, unit));
  }

  /// A counter with a label that holds a status code.
  void metric() {
    const auto c = find([](std::string_view n, const Column& column) {
      return (n == "code" || n == "status" || n == "status_code") && is_status(column);
    });
    const auto metric_at = find([](std::string_view n, const Column&) { return n == "metric"; });
    if (!c || !metric_at) {
      draft_.notes.push_back(
          "no metric has a label with a status code: name the metrics of good and total yourself");
      return;
    }
    for (std::size_t row = 0; row < table_.rows; ++row) {
      if (!table_.values[*c][row]) continue;
      const std::string metric = fmt::format("metric = \"{}\"", *table_.values[*metric_at][row]);
      draft_.total = metric;
      draft_.where = fmt::format("{} and {} < 500", metric, quoted_name(table_.names[*c]));
      draft_.good_sum = draft_.total_sum = "value";
      return;
    }
  }

  static std::string quoted_name(const std::string& name) {
    const bool simple = std::all_of(name.begin(), name.end(), [](char ch) {
      return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
             ch == '_' || ch == '-' || ch == '.';
    });
    return simple ? name : "`" + name + "`";
  }

  const SampleTable& table_;
  Draft& draft_;
  std::vector<Column> columns_;
};

/// "logs/apache_access.log.gz" -> "apache-access".
std::string name_from(std::string_view file) {
  std::string_view base = file.substr(file.rfind('/') + 1);
  for (const std::string_view ending :
       {".gz", ".zst", ".log", ".csv", ".tsv", ".jsonl", ".json", ".txt", ".prom"})
    if (base.ends_with(ending)) base.remove_suffix(ending.size());
  std::string name;
  for (const char c : to_lower_ascii(base)) {
    const bool plain_char = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain_char)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  if (name.size() > 50) name.resize(50);
  return name.empty() ? "raw-file" : name;
}

Json time_of(const TimeSpec& time) {
  Json out = Json::object();
  if (time.columns.size() == 1)
    out.set("column", time.columns[0]);
  else
    out.set("column", Json(Json::Array(time.columns.begin(), time.columns.end())));
  if (time.kind <= TimeKind::nanoseconds)
    return out.set("unit", kUnits[static_cast<std::size_t>(time.kind)]);
  if (time.kind == TimeKind::pattern) return out.set("format", time.pattern);
  return out.set("format", time.kind == TimeKind::rfc3339 ? "rfc3339"
                           : time.kind == TimeKind::clf   ? "clf"
                                                          : "iso8601");
}

/// The connection details that read_source turns into the spec again.
Json connection_of(const SourceSpec& spec) {
  Json out = Json::object({{"format", std::string(to_string(spec.format))}});
  const bool settled = !built_in_columns(spec.format).empty() || spec.format == Format::w3c ||
                       spec.format == Format::openmetrics || spec.format == Format::prometheus;
  if (!settled) out.set("time", time_of(spec.time));
  if (spec.time.kind == TimeKind::pattern || spec.time.kind == TimeKind::iso8601)
    out.set("zone", "UTC");
  if (spec.format == Format::csv && spec.delimiter != ',')
    out.set("delimiter", std::string(1, spec.delimiter));
  if (!spec.header) out.set("header", false);
  if (!spec.pattern.empty()) out.set("pattern", spec.pattern);
  if (!spec.columns.empty()) {
    Json columns = Json::array();
    for (const ColumnSpec& column : spec.columns) {
      if (column.unit.empty())
        columns.push(column.name);
      else
        columns.push(Json::object({{"name", column.name}, {"unit", column.unit}}));
    }
    out.set("columns", std::move(columns));
  }
  if (spec.service_column.empty())
    out.set("service", spec.service);
  else
    out.set("service", Json::object({{"column", spec.service_column}}));
  return out;
}

Json document(std::string_view kind, const std::string& name, Json spec) {
  return Json::object({{"apiVersion", "openslo/v1"},
                       {"kind", std::string(kind)},
                       {"metadata", Json::object({{"name", name}})},
                       {"spec", std::move(spec)}});
}

Json metric_source(const std::string& source, Json spec) {
  return Json::object(
      {{"metricSource",
        Json::object({{"metricSourceRef", source}, {"type", "file"}, {"spec", std::move(spec)}})}});
}

}  // namespace

double Draft::confidence() const {
  const std::size_t all = rows + rejected;
  return all == 0 ? 0 : static_cast<double>(rows) / static_cast<double>(all);
}

Json Draft::data_source() const {
  return document("DataSource", name,
                  Json::object({{"type", "file"}, {"connectionDetails", connection}}));
}

std::vector<Json> Draft::indicators() const {
  std::vector<Json> out;
  if (!where.empty() || !good_sum.empty()) {
    const auto part = [&](const std::string& predicate, const std::string& sum) {
      Json what = Json::object();
      if (!predicate.empty() && !(predicate == "true" && !sum.empty()))
        what.set("where", predicate);
      if (!sum.empty()) what.set("sum", sum);
      return metric_source(name, std::move(what));
    };
    out.push_back(document(
        "SLI", name + "-availability",
        Json::object({{"ratioMetric", Json::object({{"counter", true},
                                                    {"good", part(where, good_sum)},
                                                    {"total", part(total, total_sum)}})}})));
  }
  if (!latency.empty())
    out.push_back(document(
        "SLI", name + "-latency",
        Json::object(
            {{"thresholdMetric", metric_source(name, Json::object({{"value", latency}}))}})));
  return out;
}

Draft infer(std::string_view sample, bool whole, std::string_view file) {
  if (sample.empty())
    throw Error(ExitCode::bad_data, fmt::format("'{}' is empty", file),
                "give a file that holds some rows", "NOTHING_TO_INFER");
  Draft best;
  bool found = false;
  for (SourceSpec spec : candidate_formats(sample)) {
    Draft draft;
    const SampleTable table = read_sample(sample, whole, spec);
    if (table.rows == 0 || !settle_time(table, spec, draft.notes)) continue;
    draft.rows = rows_in_time(table, spec);
    draft.rejected = table.rejected + (table.rows - draft.rows);
    if (found && draft.confidence() <= best.confidence() + 0.02) continue;
    draft.name = name_from(file);
    draft.total = "true";
    draft.columns = table.names;
    draft.spec = std::move(spec);
    draft.spec.name = draft.spec.service = draft.name;
    Roles(table, draft).settle();
    if (!draft.spec.service_column.empty()) draft.spec.service.clear();
    best = std::move(draft);
    found = true;
  }
  if (!found || best.confidence() < 0.5) {
    const bool binary = sample.find('\0') != std::string_view::npos;
    throw Error(
        ExitCode::bad_data,
        fmt::format("'{}' {}", file, binary ? "is no text" : "fits no known format with times"),
        "describe it in a DataSource with 'format: pattern' or 'fixed', see nines-slo(5)",
        "NOTHING_TO_INFER");
  }
  if (best.rejected > 0)
    best.notes.push_back(fmt::format("{} of {} lines of the sample do not fit", best.rejected,
                                     best.rows + best.rejected));
  if (!best.spec.header) best.notes.push_back("the first line is no header: rename the columns");
  best.connection = connection_of(best.spec);
  return best;
}

Draft infer(ByteSource& bytes, std::string_view file) {
  std::string sample(kSampleBytes, '\0');
  sample.resize(bytes.read(sample.data(), sample.size()));
  return infer(sample, sample.size() < kSampleBytes, file);
}

}  // namespace nines::ingest
