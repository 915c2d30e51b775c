// Rules of look: each names what it recognises.
#include "domain/rca/logs/value_words.hpp"

#include <algorithm>
#include <array>

#include "domain/rca/logs/line_time.hpp"
#include "domain/rca/logs/shape.hpp"

namespace nines::rca {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// An absolute path, one with several parts or with a dot ahead of a letter (com.example/.Main;
/// no HTTP/1.1), a Windows path behind its drive, what follows "http:".
bool is_path(std::string_view word) {
  std::size_t slashes = 0, named_dots = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    slashes += word[i] == '/' || word[i] == '\\';
    named_dots += word[i] == '.' && i + 1 < word.size() && is_alpha(word[i + 1]);
  }
  if (slashes == 0 || word.size() < 2) return false;
  if (word[0] == '/' || word[0] == '\\')
    return is_alpha(word[1]) || is_digit(word[1]) || slashes > 1 || word[1] == '.' ||
           word[1] == '_';
  return slashes >= 2 || named_dots > 0;
}

bool is_generic_domain(std::string_view label) {
  static constexpr std::array<std::string_view, 6> names = {"com", "net", "org",
                                                            "edu", "gov", "info"};
  return std::find(names.begin(), names.end(), label) != names.end();
}

/// mail.example.org, host.example.co.uk, a person's address at one. A name that begins with such a
/// label is written the other way round: com.example.Class is code.
bool is_host_name(std::string_view word) {
  const auto last_dot = word.rfind('.');
  if (last_dot == word.npos || last_dot == 0) return false;
  const auto last = word.substr(last_dot + 1);
  std::size_t labels = 1;
  for (const char c : word) {
    labels += c == '.';
    if (!is_alpha(c) && !is_digit(c) && c != '.' && c != '-' && c != '_' && c != '@') return false;
  }
  const auto first = word.substr(0, word.find('.'));
  if (is_generic_domain(first) && first != "info") return false;
  if (is_generic_domain(last)) return true;
  // A country behind "co", "edu" and their kin: others are as often names in a program (task.id).
  if (labels < 3 || last.size() != 2 || !is_alpha(last[0]) || !is_alpha(last[1])) return false;
  const auto before = word.substr(0, last_dot);
  const auto second = before.substr(before.rfind('.') + 1);
  return second == "co" || second == "ac" || is_generic_domain(second);
}

bool is_ipv4(std::string_view word) {
  std::size_t dots = 0;
  for (const char c : word) {
    if (!is_digit(c) && c != '.') return false;
    dots += c == '.';
  }
  return dots == 3;
}

/// Six or more hexadecimal digits, with dashes as in a UUID.
bool is_hexadecimal(std::string_view word) {
  std::size_t digits = 0;
  for (const char c : word) {
    if (c == '-') continue;
    if (!is_hex(c)) return false;
    ++digits;
  }
  return digits >= 6;
}

/// Behind the number that begins at `at`: digits, joined by single marks.
std::size_t number_end(std::string_view word, std::size_t at) {
  while (at < word.size()) {
    if (is_digit(word[at])) {
      ++at;
      continue;
    }
    const char c = word[at];
    if ((c == '.' || c == '-' || c == '_') && at + 1 < word.size() && is_digit(word[at + 1])) {
      at += 2;
      continue;
    }
    break;
  }
  return at;
}

}  // namespace

WordLook look_of(std::string_view word, std::string& mixed) {
  bool dots = false, slashes = false, digits = false;
  for (const char c : word) {
    dots |= c == '.';
    slashes |= c == '/' || c == '\\';
    digits |= is_digit(c);
  }
  if (slashes && is_path(word)) return WordLook::address;
  if (!digits) return dots && is_host_name(word) ? WordLook::address : WordLook::word;
  // A number, whatever follows it: 16K, 80x25, 2.6.5-1.358, 0xfc0ce, 10.0.0.1, -3, +5, $7, .5
  const auto begin = word.find_first_not_of("-+$~.");
  if (begin != word.npos && is_digit(word[begin]))
    return dots && (is_ipv4(word) || is_host_name(word)) ? WordLook::address : WordLook::value;
  if (dots && is_host_name(word)) return WordLook::address;
  if (is_hexadecimal(word)) return WordLook::value;
  mixed.clear();
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < word.size();) {
    if (!is_digit(word[i])) {
      mixed += word[i++];
      continue;
    }
    if (++numbers == 2) return WordLook::value;  // an identifier
    // The sign of a number behind a mark: blk_-5140072410813878235
    if (mixed.size() >= 2 && mixed.back() == '-' && !is_alpha(mixed[mixed.size() - 2]))
      mixed.pop_back();
    if (word[i] == '0' && i + 2 < word.size() && word[i + 1] == 'x' && is_hex(word[i + 2])) {
      i += 2;
      while (i < word.size() && is_hex(word[i])) ++i;
    } else {
      i = number_end(word, i);
    }
    mixed += kValue;
  }
  return WordLook::mixed;
}

bool is_calendar_word(std::string_view word) {
  if (word.size() != 3 || word[0] < 'A' || word[0] > 'Z') return false;
  return is_weekday_name(word) || month_of_name(word) != 0;
}

bool is_unit(std::string_view word) {
  static constexpr std::array<std::string_view, 38> units = {
      "ns",   "us",   "ms",     "s",       "sec", "secs", "second", "seconds", "msec",  "msecs",
      "min",  "mins", "minute", "minutes", "h",   "hr",   "hrs",    "hour",    "hours", "day",
      "days", "B",    "KB",     "MB",      "GB",  "TB",   "KiB",    "MiB",     "GiB",   "TiB",
      "kB",   "K",    "M",      "G",       "T",   "byte", "bytes",  "%"};
  return std::find(units.begin(), units.end(), word) != units.end();
}

}  // namespace nines::rca
