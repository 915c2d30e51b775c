// The fields of RFC 5424 one after another; a dash stands for one that is not told.
#include "domain/rca/logs/syslog_line.hpp"

#include <array>

#include "base/ascii.hpp"

namespace nines::rca {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Takes the word at the begin of `rest`, and the blank behind it.
std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

std::string_view told(std::string_view field) { return field == "-" ? std::string_view{} : field; }

/// Behind the elements "[id name="value" ...]" that `rest` begins with, or behind the dash that
/// says there are none; 0 when there is neither.
std::size_t structured_end(std::string_view rest) {
  if (rest.starts_with("-")) return 1;
  std::size_t at = 0;
  while (at < rest.size() && rest[at] == '[') {
    bool in_value = false;
    for (++at; at < rest.size(); ++at) {
      if (rest[at] == '\\' && in_value)
        ++at;
      else if (rest[at] == '"')
        in_value = !in_value;
      else if (rest[at] == ']' && !in_value)
        break;
    }
    if (at >= rest.size()) return 0;
    ++at;
  }
  return at;
}

/// Nothing when the line is of another kind.
std::optional<LineParts> parts_of(std::string_view line) {
  const auto priority = priority_at(line);
  if (priority.size == 0) return std::nullopt;
  auto rest = line.substr(priority.size);
  const auto version = take_word(rest);
  if (version.empty() || version.size() > 2 || !is_digit(version[0]) || version[0] == '0' ||
      !is_digit(version.back()))
    return std::nullopt;
  LineParts parts;
  parts.headed = true;
  parts.level = priority.level;
  const auto time = take_word(rest);
  if (time != "-") {
    parts.time = time_at(time);
    if (!parts.time || parts.time->size != time.size()) return std::nullopt;
  }
  parts.host = told(take_word(rest));
  parts.component = told(take_word(rest));
  take_word(rest);  // the process
  take_word(rest);  // the kind of message
  const auto end = structured_end(rest);
  if (end == 0 || (end < rest.size() && rest[end] != ' ')) return std::nullopt;
  const auto data = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  parts.message = rest.empty() ? told(data) : rest;
  return parts;
}

}  // namespace

Priority priority_at(std::string_view text) {
  constexpr int kHighest = 191;  // facility 23, severity 7
  if (text.size() < 3 || text[0] != '<') return {};
  std::size_t at = 1;
  int number = 0;
  for (; at < text.size() && at <= 3 && is_digit(text[at]); ++at)
    number = number * 10 + (text[at] - '0');
  if (at == 1 || at == text.size() || text[at] != '>' || number > kHighest) return {};
  using enum LogLevel;
  static constexpr std::array<LogLevel, 8> severities = {fatal, fatal, fatal, error,
                                                         warning, info, info, debug};
  return {at + 1, severities[static_cast<std::size_t>(number % 8)]};
}

bool is_syslog_line(std::string_view line) { return parts_of(line).has_value(); }

LineParts split_syslog_line(std::string_view line) {
  if (auto parts = parts_of(line)) return *std::move(parts);
  LineParts all;
  all.message = line;
  return all;
}

}  // namespace nines::rca
