// Walks members one after another; what is nested in an object is passed over.
#include "domain/rca/logs/structured_line.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nines::rca {
namespace {

enum class Meaning { message, time, level, component, host };

/// Names as zap, logrus, log4j, bunyan, structlog, ECS, OpenTelemetry, journald, Serilog, GELF,
/// MongoDB, Google Cloud and Kubernetes events have them; of several in one line the earlier row
/// counts.
constexpr std::array<std::pair<std::string_view, Meaning>, 50> kMemberNames = {{
    {"msg", Meaning::message},
    {"message", Meaning::message},
    {"MESSAGE", Meaning::message},
    {"log", Meaning::message},
    {"event", Meaning::message},
    {"text", Meaning::message},
    {"body", Meaning::message},
    {"Body", Meaning::message},
    {"textPayload", Meaning::message},
    {"short_message", Meaning::message},
    {"@m", Meaning::message},
    {"@mt", Meaning::message},
    {"time", Meaning::time},
    {"ts", Meaning::time},
    {"timestamp", Meaning::time},
    {"@timestamp", Meaning::time},
    {"datetime", Meaning::time},
    {"asctime", Meaning::time},
    {"date", Meaning::time},
    {"t", Meaning::time},
    {"@t", Meaning::time},
    {"Timestamp", Meaning::time},
    {"lastTimestamp", Meaning::time},
    {"level", Meaning::level},
    {"severity", Meaning::level},
    {"lvl", Meaning::level},
    {"levelname", Meaning::level},
    {"log.level", Meaning::level},
    {"SeverityText", Meaning::level},
    {"@l", Meaning::level},
    {"s", Meaning::level},
    {"service", Meaning::component},
    {"service.name", Meaning::component},
    {"component", Meaning::component},
    {"logger", Meaning::component},
    {"logger_name", Meaning::component},
    {"app", Meaning::component},
    {"module", Meaning::component},
    {"name", Meaning::component},
    {"caller", Meaning::component},
    {"c", Meaning::component},
    {"SourceContext", Meaning::component},
    {"SYSLOG_IDENTIFIER", Meaning::component},
    {"host", Meaning::host},
    {"hostname", Meaning::host},
    {"host.name", Meaning::host},
    {"_HOSTNAME", Meaning::host},
    {"pod", Meaning::host},
    {"node", Meaning::host},
    {"instance", Meaning::host},
}};

/// Keeps of each meaning the member that comes first in the table.
class MemberPick {
 public:
  void take(std::string_view name, std::string_view value) {
    for (std::size_t i = 0; i < kMemberNames.size(); ++i) {
      if (kMemberNames[i].first != name) continue;
      const auto meaning = static_cast<std::size_t>(kMemberNames[i].second);
      if (i >= rank_[meaning]) return;
      rank_[meaning] = i;
      value_[meaning] = value;
      return;
    }
  }
  std::string_view operator[](Meaning meaning) const {
    return value_[static_cast<std::size_t>(meaning)];
  }
  bool has(Meaning meaning) const {
    return rank_[static_cast<std::size_t>(meaning)] < kMemberNames.size();
  }

  LineParts parts(std::string_view line) const {
    LineParts parts;
    parts.message = line;
    if (!has(Meaning::message)) return parts;
    parts.headed = true;
    parts.message = (*this)[Meaning::message];
    parts.component = (*this)[Meaning::component];
    parts.host = (*this)[Meaning::host];
    parts.level = log_level_of((*this)[Meaning::level]);
    parts.time = time_at((*this)[Meaning::time]);
    return parts;
  }

 private:
  std::array<std::size_t, 5> rank_ = {99, 99, 99, 99, 99};
  std::array<std::string_view, 5> value_;
};

bool is_gap(char c) { return c == ' ' || c == '\t'; }

std::size_t behind_gaps(std::string_view line, std::size_t at) {
  while (at < line.size() && is_gap(line[at])) ++at;
  return at;
}

/// The text between the quote at `at` and the one that closes it; `at` moves behind that. What is
/// never closed reaches to the end.
std::string_view quoted(std::string_view line, std::size_t& at) {
  const auto begin = ++at;
  while (at < line.size() && line[at] != '"') at += line[at] == '\\' ? 2U : 1U;
  const auto end = std::min(at, line.size());
  at = std::min(end + 1, line.size());
  return line.substr(begin, end - begin);
}

/// Behind an object or array that begins at `at`.
std::size_t behind_nested(std::string_view line, std::size_t at) {
  int depth = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (c == '"') {
      quoted(line, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) break;
  }
  return at;
}

/// The text of an object that holds nothing else, as {"$date": "2024-05-01T10:00:00Z"} does.
std::string_view only_text(std::string_view object) {
  std::size_t at = behind_gaps(object, 1);
  if (object[0] != '{' || at >= object.size() || object[at] != '"') return {};
  quoted(object, at);
  at = behind_gaps(object, at);
  if (at >= object.size() || object[at] != ':') return {};
  at = behind_gaps(object, at + 1);
  if (at >= object.size() || object[at] != '"') return {};
  const auto text = quoted(object, at);
  at = behind_gaps(object, at);
  return at + 1 == object.size() ? text : std::string_view{};
}

/// What containers write down ends with the end of its line, as it is escaped.
std::string_view without_line_end(std::string_view message) {
  for (const std::string_view end : {"\\n", "\\r"})
    if (message.ends_with(end) && !message.substr(0, message.size() - 2).ends_with('\\'))
      message.remove_suffix(end.size());
  return message;
}

MemberPick json_members(std::string_view line) {
  MemberPick pick;
  auto at = behind_gaps(line, 0);
  if (at >= line.size() || line[at] != '{') return pick;
  for (++at;;) {
    at = behind_gaps(line, at);
    if (at >= line.size() || line[at] != '"') return pick;
    const auto name = quoted(line, at);
    at = behind_gaps(line, at);
    if (at >= line.size() || line[at] != ':') return pick;
    at = behind_gaps(line, at + 1);
    if (at >= line.size()) return pick;
    if (line[at] == '"') {
      const auto value = quoted(line, at);
      pick.take(name, value);
    } else if (line[at] == '{' || line[at] == '[') {
      const auto begin = at;
      at = behind_nested(line, at);
      if (const auto text = only_text(line.substr(begin, at - begin)); !text.empty())
        pick.take(name, text);
    } else {
      const auto begin = at;
      while (at < line.size() && line[at] != ',' && line[at] != '}' && !is_gap(line[at])) ++at;
      pick.take(name, line.substr(begin, at - begin));
    }
    at = behind_gaps(line, at);
    if (at >= line.size() || line[at] != ',') return pick;
    ++at;
  }
}

MemberPick logfmt_members(std::string_view line) {
  MemberPick pick;
  for (std::size_t at = behind_gaps(line, 0); at < line.size(); at = behind_gaps(line, at)) {
    const auto begin = at;
    while (at < line.size() && line[at] != '=' && !is_gap(line[at])) ++at;
    const auto name = line.substr(begin, at - begin);
    if (at >= line.size() || line[at] != '=') continue;
    if (++at < line.size() && line[at] == '"') {
      pick.take(name, quoted(line, at));
    } else {
      const auto value = at;
      while (at < line.size() && !is_gap(line[at])) ++at;
      pick.take(name, line.substr(value, at - value));
    }
  }
  return pick;
}

}  // namespace

bool is_json_line(std::string_view line) { return json_members(line).has(Meaning::message); }

bool is_logfmt_line(std::string_view line) {
  const auto pick = logfmt_members(line);
  return pick.has(Meaning::message) && (pick.has(Meaning::level) || pick.has(Meaning::time));
}

LineParts split_json_line(std::string_view line) {
  auto parts = json_members(line).parts(line);
  if (parts.headed) parts.message = without_line_end(parts.message);
  return parts;
}
LineParts split_logfmt_line(std::string_view line) { return logfmt_members(line).parts(line); }

}  // namespace nines::rca
