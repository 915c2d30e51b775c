// Values as Prometheus has them: durations, labels, and queries as far as brackets and quotes go.
#include <algorithm>

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/prometheus.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

void check_duration(Checker& checker, const Node& value) {
  const auto millis = prometheus_millis(value.text);
  if (millis && *millis > 0) return;
  checker.error(Code::bad_duration, value, shown(value) + " is no duration of Prometheus",
                "use whole numbers and ms, s, m, h, d, w or y, such as 5m or 30d");
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_label_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

/// First byte after the quoted text that begins at `at`; npos when it does not end.
std::size_t after_quote(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  for (; at < text.size(); ++at) {
    if (text[at] == '\\' && quote != '`') {
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

char closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

}  // namespace

std::string query_mismatch(std::string_view text) {
  std::string open;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'' || c == '`') {
      at = after_quote(text, at);
      if (at == std::string_view::npos) return std::string("a quote ") + c + " is never closed";
      continue;
    }
    if (c == '#') at = std::min(text.find('\n', at), text.size() - 1);
    if (c == '(' || c == '[' || c == '{') open += c;
    if (c == ')' || c == ']' || c == '}') {
      if (open.empty()) return std::string("a ") + c + " closes nothing";
      if (closing(open.back()) != c)
        return std::string("a ") + c + " stands where a " + closing(open.back()) + " is due";
      open.pop_back();
    }
    ++at;
  }
  return open.empty() ? "" : std::string("a ") + open.back() + " is never closed";
}

const Format kPrometheusDuration{check_duration, R"("pattern":"^([0-9]+(ms|[smhdwy]))+$")"};

std::optional<std::int64_t> prometheus_millis(std::string_view text) {
  static constexpr std::pair<std::string_view, std::int64_t> kPrometheusUnits[] = {
      {"ms", 1},         {"s", 1000},        {"m", 60'000},        {"h", 3'600'000},
      {"d", 86'400'000}, {"w", 604'800'000}, {"y", 31'536'000'000}};
  std::int64_t total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::size_t digits = 0;
    std::int64_t number = 0;
    while (digits < text.size() && digits < 9 && text[digits] >= '0' && text[digits] <= '9')
      number = number * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    const auto unit = std::find_if(std::begin(kPrometheusUnits), std::end(kPrometheusUnits),
                                   [&](const auto& u) { return text.starts_with(u.first); });
    if (digits == 0 || unit == std::end(kPrometheusUnits) || total > (std::int64_t{1} << 60))
      return std::nullopt;
    total += number * unit->second;
    text.remove_prefix(unit->first.size());
  }
  return total;
}

void check_prometheus_labels(Checker& checker, const Node& map) {
  for (const auto& [key, value] : map.members()) {
    if (!key.is_scalar()) continue;
    if (key.text == "__name__" || key.text.empty()) {
      checker.error(Code::bad_label_key, key, shown(key) + " cannot be a label",
                    "use another name");
    } else if (!is_label_name(key.text)) {
      checker.advise(Code::label_name_chars, key,
                     shown(key) + " is no label name in older versions of Prometheus",
                     "use letters, digits and '_'");
    }
  }
  check_texts_not_empty(checker, map);
}

void check_texts_not_empty(Checker& checker, const Node& map) {
  for (const auto& [key, value] : map.members()) {
    if (value.is_scalar() && value.text.empty())
      checker.error(Code::empty_value, key, "the value of " + shown(key) + " is empty",
                    "give it a value, or remove it");
  }
}

void check_query(Checker& checker, const Node& value) {
  if (!value.is_scalar()) {
    checker.error(Code::wrong_type, value, "expected a query, found " + shown(value),
                  "write PromQL as text");
    return;
  }
  const std::string problem = query_mismatch(value.text);
  if (!problem.empty())
    checker.error(Code::bad_query, value, "the query does not hold together: " + problem,
                  "match its brackets and quotes");
}

}  // namespace nines::yaml
