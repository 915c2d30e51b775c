// Writes the queries of slo measure, and reads what comes back with every doubt.
#include "ingest/prometheus.hpp"

#include <charconv>
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostPrometheusColumns = 20'000;
constexpr std::size_t kMostWarnings = 20;

/// The texts of one selector that the queries are put together from.
struct Parts {
  Parts(const std::string& selector, const PrometheusCounters& c)
      : now(fmt::format("last_over_time({}[1m])", selector)),
        was(fmt::format("last_over_time({}[{}m] offset 1m)", selector, c.lookback.count())),
        low(fmt::format("min_over_time({}[1m])", selector)),
        high(fmt::format("max_over_time({}[1m])", selector)),
        fell(fmt::format("(resets({}[1m]) > 0)", selector)),
        fresh(fmt::format("last_over_time({}[{}m])", selector, 2 * c.interval.count())) {}

  /// It never fell within the minute, nor into it.
  std::string grown() const {
    return fmt::format("(({} - ({} <= {})) unless {})", now, was, low, fell);
  }
  /// It began again within the minute: what it had grown until the highest sample, which is higher
  /// than the last, and what it has counted since. Never too much, and exact for one restart.
  std::string peaked() const {
    return fmt::format("({0} + ((({1} > {0}) - {2}) >= 0))", now, high, was);
  }
  /// It began again, and no sample of this minute tells what it had grown before.
  std::string again() const { return fmt::format("({} and {})", now, was); }
  std::string fallen() const { return fmt::format("({} unless {})", again(), grown()); }
  std::string born(const std::string& watched) const {
    return fmt::format("(({0} unless {1}) and on() ({2}))", now, was, watched);
  }

  std::string now;    ///< the last sample within the minute
  std::string was;    ///< the last one before the minute
  std::string low;    ///< the lowest within the minute
  std::string high;   ///< the highest
  std::string fell;   ///< between two samples of the minute
  std::string fresh;  ///< a sample that is no more than two intervals old
};

/// Whether anything of the total was there before the minute: what appears then is new, and did not
/// only come into sight.
std::string watched(const PrometheusCounters& c) {
  std::string text;
  for (const auto& term : c.total) {
    if (!text.empty()) text += " or ";
    text += fmt::format("(count({}) > 0)", Parts(term.selector, c).was);
  }
  return text;
}

std::string named(std::string_view column, const std::string& query) {
  return fmt::format("label_replace({}, \"nines\", \"{}\", \"\", \"\")", query, column);
}

void add(std::string& to, const std::string& query) {
  if (!to.empty()) to += " or ";
  to += query;
}

std::string increment(const slo::CounterTerm& term, const PrometheusCounters& c,
                      const std::string& seen_before) {
  const Parts p(term.selector, c);
  return fmt::format("{} or {} or {} or {}", p.grown(), p.peaked(), p.again(), p.born(seen_before));
}

void add_terms(std::string& query, const std::vector<slo::CounterTerm>& terms,
               std::string_view column, const PrometheusCounters& c, std::string_view by) {
  const auto before = watched(c);
  for (std::size_t i = 0; i < terms.size(); ++i)
    add(query, named(fmt::format("{}{}", column, i),
                     fmt::format("sum{} ({})", by, increment(terms[i], c, before))));
}

/// Terms that are taken away bring births of their own; the first one stands for the side.
void add_births(std::string& query, const std::vector<slo::CounterTerm>& terms,
                std::string_view column, const PrometheusCounters& c) {
  if (terms.empty()) return;
  const auto born = Parts(terms[0].selector, c).born(watched(c));
  add(query, named(column, fmt::format("sum({})", born)));
}

[[noreturn]] void refuse_prometheus(std::string what) {
  throw Error(ExitCode::bad_data, std::move(what), "is it an engine with Prometheus' HTTP API?",
              "BAD_ANSWER");
}

std::optional<double> prometheus_number(const std::string& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::string one_line_text(const std::string& text) {
  std::string line = text;
  for (char& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return fit_width(line, 300);
}

/// What the engine says went wrong, as one of our errors.
[[noreturn]] void throw_reported(const Json& answer) {
  const auto type = answer.text("errorType");
  const auto text = one_line_text(answer.text("error"));
  const bool passing = type == "timeout" || type == "canceled" || type == "unavailable";
  const bool costly = text.find("too many samples") != std::string::npos;
  throw Error(
      passing ? ExitCode::busy : ExitCode::bad_data,
      fmt::format("the engine refuses the query ({}): {}", type.empty() ? "error" : type, text),
      costly ? "a smaller 'lookback' in the DataSource, or a higher --query.max-samples "
               "in the engine"
             : "is the query right? 'nines slo measure --dry-run' shows what is asked",
      "ENGINE_ERROR");
}

PrometheusColumn prometheus_column(const Json& one) {
  PrometheusColumn column;
  const Json* metric = one.find("metric");
  const Json* values = one.find("values");
  if (metric == nullptr || !metric->is_object() || values == nullptr || !values->is_array())
    refuse_prometheus("a series of the answer has no labels or no values");
  for (const auto& [name, value] : metric->as_object())
    if (value.is_string()) column.labels.emplace(name, value.as_string());
  column.points.reserve(values->as_array().size());
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (const Json& point : values->as_array()) {
    if (!point.is_array() || point.as_array().size() != 2 || !point.as_array()[0].is_number() ||
        !point.as_array()[1].is_string())
      refuse_prometheus("a value of the answer is no pair of time and number");
    const double at = point.as_array()[0].as_double();
    if (!std::isfinite(at) || at < 0 || at > 1e11)
      refuse_prometheus("a time of the answer is out of range");
    const auto minute = static_cast<std::int64_t>(std::floor(at / 60)) - 1;
    if (minute <= last) refuse_prometheus("the times of the answer do not ascend");
    last = minute;
    if (const auto value = prometheus_number(point.as_array()[1].as_string()))
      column.points.emplace_back(minute, *value);
  }
  return column;
}

}  // namespace

std::string increments_query(const PrometheusCounters& c) {
  std::string query;
  add_terms(query, c.first, kFirstColumn, c, "");
  add_terms(query, c.total, kTotalColumn, c, "");
  add_births(query, c.first, kBornFirst, c);
  add_births(query, c.total, kBornTotal, c);
  const Parts p(c.total.front().selector, c);
  add(query, named(kBorn, fmt::format("count({} or {})", p.born(watched(c)),
                                      Parts(c.first.front().selector, c).born(watched(c)))));
  add(query, named(kSeen, fmt::format("count({})", p.fresh)));
  add(query, named(kResets, fmt::format("count({})", p.fallen())));
  return query;
}

std::string increments_by_label(const PrometheusCounters& c, std::string_view label) {
  std::string query;
  const auto by = fmt::format(" by ({})", label);
  add_terms(query, c.first, kFirstColumn, c, by);
  add_terms(query, c.total, kTotalColumn, c, by);
  return query;
}

std::string increase_query(const PrometheusCounters& c, std::string_view range) {
  std::string query;
  for (const auto& [terms, column] :
       {std::pair{&c.first, kFirstColumn}, std::pair{&c.total, kTotalColumn}})
    for (std::size_t i = 0; i < terms->size(); ++i)
      add(query, named(fmt::format("{}{}", column, i),
                       fmt::format("sum(increase({}[{}]))", (*terms)[i].selector, range)));
  return query;
}

std::vector<std::pair<std::string, std::string>> range_fields(std::string query, std::int64_t from,
                                                              std::int64_t to, int step) {
  return {{"query", std::move(query)},
          {"start", std::to_string((from + step) * 60)},
          {"end", std::to_string(to * 60)},
          {"step", std::to_string(step * 60)},
          {"nocache", "1"}};  // VictoriaMetrics keeps rounded answers; others ignore it
}

std::string PrometheusColumn::label(std::string_view name) const {
  const auto found = labels.find(std::string(name));
  return found == labels.end() ? std::string() : found->second;
}

PrometheusAnswer read_prometheus(std::string_view body) {
  const Json json = Json::parse(body, "the engine's answer");
  const auto status = json.text("status");
  if (status == "error") throw_reported(json);
  const Json* data = json.find("data");
  if (status != "success" || data == nullptr || !data->is_object())
    refuse_prometheus("the answer has no status and data");
  const Json* result = data->find("result");
  if (data->text("resultType") != "matrix" || result == nullptr || !result->is_array())
    refuse_prometheus("the answer holds no series over time");
  if (result->as_array().size() > kMostPrometheusColumns)
    refuse_prometheus("the answer has too many series");
  PrometheusAnswer answer;
  for (const Json& one : result->as_array()) answer.columns.push_back(prometheus_column(one));
  if (const Json* warnings = json.find("warnings"); warnings != nullptr && warnings->is_array())
    for (const Json& warning : warnings->as_array())
      if (warning.is_string() && answer.warnings.size() < kMostWarnings)
        answer.warnings.push_back(one_line_text(warning.as_string()));
  answer.partial = json.boolean("isPartial") || !answer.warnings.empty();
  return answer;
}

BuildInfo read_build_info(std::string_view body) {
  BuildInfo info;
  const Json json = Json::parse(body, "the engine's build information");
  const Json* data = json.find("data");
  if (json.text("status") != "success" || data == nullptr) return info;
  info.product = one_line_text(data->text("application", "Prometheus"));
  info.version = one_line_text(data->text("version"));
  return info;
}

}  // namespace nines::ingest
