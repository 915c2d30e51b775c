// Wraps the user's query, and reads the rows with every doubt.
#include "ingest/clickhouse.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

[[noreturn]] void refuse(std::string what) {
  throw Error(ExitCode::bad_data, std::move(what),
              "does the query select 'minute', a DateTime, and 'value', a number?", "BAD_ANSWER");
}

/// Large integers come as text.
std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.as_double();
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.as_string();
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

const Json::Array& rows_of(const Json& json) {
  if (!json.text("exception").empty())
    refuse("the engine broke off: " + fit_width(escape_controls(json.text("exception")), 200));
  const Json* data = json.find("data");
  if (data == nullptr || !data->is_array()) refuse("the answer has no rows");
  if (json.integer("rows", -1) != static_cast<std::int64_t>(data->as_array().size()))
    refuse("the answer has other rows than it announces");
  return data->as_array();
}

std::string with_seconds(std::string_view query, std::string_view name, std::int64_t minute) {
  std::string out;
  for (std::size_t at = 0;;) {
    const auto found = query.find(name, at);
    out += query.substr(at, found - at);
    if (found == std::string_view::npos) return out;
    out += std::to_string(minute * 60);
    at = found + name.size();
  }
}

}  // namespace

std::string clickhouse_path() {
  // Once it is read-only, older servers take no other setting.
  return "/?wait_end_of_query=1&max_execution_time=50&max_result_rows=100000"
         "&result_overflow_mode=throw&readonly=1";
}

std::string minutes_query(std::string_view query, std::int64_t from, std::int64_t to) {
  const auto text = with_seconds(with_seconds(query, "{{.from}}", from), "{{.to}}", to);
  return fmt::format(
      "SELECT intDiv(toUnixTimestamp(minute), 60) AS m, sum(toFloat64(value)) AS v FROM ({}) "
      "GROUP BY m ORDER BY m FORMAT JSONCompact",
      text);
}

std::vector<std::pair<std::int64_t, double>> read_clickhouse(std::string_view body) {
  const Json json = Json::parse(body, "the engine's answer");
  std::vector<std::pair<std::int64_t, double>> points;
  for (const Json& row : rows_of(json)) {
    if (!row.is_array() || row.as_array().size() != 2) refuse("a row has not two values");
    const auto minute = number_of(row.as_array()[0]);
    const auto value = number_of(row.as_array()[1]);
    if (!minute || !(*minute >= 0) || *minute > 2e9 || *minute != std::floor(*minute))
      refuse("a row's minute is out of range");
    const auto at = static_cast<std::int64_t>(*minute);
    if (!points.empty() && at <= points.back().first) refuse("the minutes do not ascend");
    if (value && std::isfinite(*value)) points.emplace_back(at, *value);
  }
  return points;
}

std::string read_version(std::string_view body) {
  const Json json = Json::parse(body, "the engine's version");
  const auto& rows = rows_of(json);
  if (rows.size() != 1 || !rows[0].is_array() || rows[0].as_array().size() != 1 ||
      !rows[0].as_array()[0].is_string())
    return {};
  return fit_width(escape_controls(rows[0].as_array()[0].as_string()), 40);
}

}  // namespace nines::ingest
