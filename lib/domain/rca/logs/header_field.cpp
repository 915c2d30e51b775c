// One small reader per kind of field; none looks behind the line's first 512 bytes.
#include "domain/rca/logs/header_field.hpp"

#include <algorithm>

#include "domain/rca/logs/value_words.hpp"

namespace nines::rca {
namespace {

bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Marks that separate fields and say nothing.
bool is_mark(std::string_view word) {
  return word == "-" || word == "--" || word == "|" || word == "::" || word == ">" ||
         word == "=>" || word == "*" || word == "#";
}

std::size_t word_end(std::string_view line, std::size_t at) {
  if (at < line.size() && line[at] == '|') return at + 1;
  while (at < line.size() && !is_blank(line[at]) && line[at] != '|') ++at;
  return at;
}

/// Behind the bracket that closes the one at `at`, or 0.
std::size_t group_end(std::string_view line, std::size_t at) {
  const char open = line[at];
  const char close = open == '[' ? ']' : open == '(' ? ')' : '>';
  const auto limit = std::min(line.size(), at + 256);
  int depth = 0;
  for (auto i = at; i < limit; ++i) {
    if (line[i] == open) ++depth;
    if (line[i] == close && --depth == 0) return i + 1;
  }
  return 0;
}

HeaderField ended(std::string_view line, std::size_t end, std::string_view value) {
  HeaderField field;
  field.end = behind_blanks(line, end);
  field.value = value;
  return field;
}

std::optional<HeaderField> time_field(std::string_view line, std::size_t at) {
  const bool bracket = line[at] == '[' || line[at] == '<' || line[at] == '(';
  auto begin = at + (bracket ? 1 : 0);
  LogLevel level = LogLevel::unknown;
  auto time = time_at(line.substr(begin));
  if (!time && line.size() > begin + 6 && is_latin(line[begin]) && is_digit(line[begin + 1])) {
    // The letter of the level and the date in one word: I0102 15:04:05.000000
    level = log_level_of(line.substr(begin, 1));
    const auto rest = line.substr(begin + 1);
    if (level == LogLevel::unknown || rest[4] != ' ') return std::nullopt;
    auto clock = time_at(rest.substr(5));
    if (!clock || clock->month != 0 || clock->epoch) return std::nullopt;
    const auto two = [&](std::size_t i) { return (rest[i] - '0') * 10 + (rest[i + 1] - '0'); };
    clock->month = two(0);
    clock->day = two(2);
    if (clock->month < 1 || clock->month > 12 || clock->day < 1 || clock->day > 31)
      return std::nullopt;
    clock->size += 6;
    time = clock;
  }
  if (!time) return std::nullopt;
  auto end = begin + time->size;
  // A bracket that holds more than the time stays open: its other fields follow.
  if (bracket && end < line.size() && (line[end] == ']' || line[end] == '>' || line[end] == ')'))
    ++end;
  else if (end < line.size() && !is_blank(line[end]) && line[end] != '|' && line[end] != ',' &&
           line[end] != ':' && line[end] != ';' && line[end] != ']')
    return std::nullopt;
  while (end < line.size() && (line[end] == ',' || line[end] == ':' || line[end] == ';')) ++end;
  auto field = ended(line, end, line.substr(begin, time->size));
  field.time = time;
  field.level = level;
  return field;
}

std::optional<HeaderField> level_field(std::string_view line, std::size_t at) {
  auto begin = at;
  auto end = word_end(line, at);
  if (line[at] == '[' || line[at] == '<' || line[at] == '(') {
    const auto group = group_end(line, at);
    if (group == 0) return std::nullopt;
    ++begin;
    end = group - 1;
  }
  auto word = line.substr(begin, end - begin);
  while (!word.empty() && is_blank(word.back())) word.remove_suffix(1);
  while (!word.empty() && is_blank(word.front())) word.remove_prefix(1);
  if (begin == at && !word.empty() && (word.back() == ':' || word.back() == ','))
    word.remove_suffix(1);
  const auto level = log_level_of(word);
  if (level == LogLevel::unknown) return std::nullopt;
  end = begin == at ? end : end + 1;
  if (end < line.size() && line[end] == ':') ++end;
  auto field = ended(line, end, word);
  field.level = level;
  return field;
}

std::optional<HeaderField> number_field(std::string_view line, std::size_t at) {
  const auto end = word_end(line, at);
  auto word = line.substr(at, end - at);
  if (!word.empty() && (word.back() == ':' || word.back() == ',')) word.remove_suffix(1);
  if (word.empty() || !is_digit(word.front())) return std::nullopt;
  for (const char c : word)
    if (!is_digit(c) && c != '#') return std::nullopt;
  return ended(line, end, word);
}

std::optional<HeaderField> group_field(std::string_view line, std::size_t at) {
  if (line[at] != '[' && line[at] != '(' && line[at] != '<') return std::nullopt;
  auto end = group_end(line, at);
  if (end == 0 || end - at < 2) return std::nullopt;
  const auto value = line.substr(at + 1, end - at - 2);
  if (end < line.size() && line[end] == ':') ++end;
  if (end < line.size() && !is_blank(line[end]) && line[end] != '[' && line[end] != '|')
    return std::nullopt;
  return ended(line, end, value);
}

/// A word that blanks align, or that a bar closes.
std::optional<HeaderField> column_field(std::string_view line, std::size_t at) {
  const auto end = word_end(line, at);
  const auto word = line.substr(at, end - at);
  if (word.size() < 2 || word.size() > 40 || end >= line.size()) return std::nullopt;
  const bool aligned = line[end] == '\t' || line[end] == '|' ||
                       (line[end] == ' ' && end + 1 < line.size() && line[end + 1] == ' ');
  if (!aligned || word.find('=') != word.npos) return std::nullopt;
  return ended(line, end, word);
}

/// "[123]" at the end of a name, without its digits being looked at further.
std::string_view without_process(std::string_view name) {
  if (name.empty() || name.back() != ']') return name;
  const auto open = name.rfind('[');
  if (open == name.npos || open == 0) return name;
  return name.substr(0, open);
}

bool may_name(std::string_view name) {
  if (name.empty() || name.size() > 120) return false;
  if (name.find('=') != name.npos || name.find('"') != name.npos) return false;
  return is_latin(name[0]) || name[0] == '/' || name[0] == '_' || name[0] == '-' ||
         static_cast<unsigned char>(name[0]) >= 0x80;
}

/// kernel:  sshd[24200]:  sshd(pam_unix)[19939]:  com.apple.launchd[1] (com.apple.job[2]):
/// art     :  app::module]
std::optional<HeaderField> tag_field(std::string_view line, std::size_t at) {
  auto end = word_end(line, at);
  auto word = line.substr(at, end - at);
  if (!may_name(word)) return std::nullopt;
  if (word.size() > 1 && word.back() == ':')
    return ended(line, end, without_process(word.substr(0, word.size() - 1)));
  if (word.size() > 1 && word.back() == ']' && word.find('[') == word.npos)
    return ended(line, end, word.substr(0, word.size() - 1));
  auto next = behind_blanks(line, end);
  if (next < line.size() && line[next] == ':' &&
      (next + 1 == line.size() || is_blank(line[next + 1])) && next > end)
    return ended(line, next + 1, word);
  if (word.back() == ']' && next < line.size() && line[next] == '(') {
    const auto group = group_end(line, next);
    if (group != 0 && group < line.size() && line[group] == ':')
      return ended(line, group + 1, without_process(word));
  }
  return std::nullopt;
}

}  // namespace

std::size_t behind_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

std::string_view word_at(std::string_view line, std::size_t at) {
  return line.substr(at, word_end(line, at) - at);
}

std::size_t behind_word(std::string_view line, std::size_t at) {
  return behind_blanks(line, word_end(line, at));
}

std::optional<HeaderField> field_at(FieldKind kind, std::string_view line, std::size_t at) {
  if (at >= line.size()) return std::nullopt;
  switch (kind) {
    case FieldKind::time:
      return time_field(line, at);
    case FieldKind::level:
      return level_field(line, at);
    case FieldKind::mark: {
      const auto word = word_at(line, at);
      if (!is_mark(word)) return std::nullopt;
      return ended(line, at + word.size(), {});
    }
    case FieldKind::number:
      return number_field(line, at);
    case FieldKind::group:
      return group_field(line, at);
    case FieldKind::column:
      return column_field(line, at);
    case FieldKind::tag:
      return tag_field(line, at);
  }
  return std::nullopt;
}

std::optional<HeaderField> spaced_tag_at(std::string_view line, std::size_t at) {
  auto next = at;
  for (int words = 0; words < 3 && next < line.size(); ++words) {
    const auto word = word_at(line, next);
    const auto end = next + word.size();
    if (words > 0 && word.size() > 4 && word.ends_with("]:") && is_digit(word[word.size() - 3]) &&
        may_name(line.substr(at, end - at)))
      return ended(line, end, without_process(line.substr(at, end - 1 - at)));
    next = behind_blanks(line, end);
  }
  return std::nullopt;
}

}  // namespace nines::rca
