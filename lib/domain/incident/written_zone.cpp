// Words and offsets that name a zone beside a clock time.
#include "domain/incident/written_zone.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "domain/incident/text_scan.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident {
namespace {

struct ZoneWord {
  std::string_view word;
  int minutes;
};
constexpr ZoneWord kOffsets[] = {
    {"UTC", 0},    {"GMT", 0},    {"Z", 0},      {"BST", 60},   {"WET", 0},    {"WEST", 60},
    {"CET", 60},   {"CEST", 120}, {"EET", 120},  {"EEST", 180}, {"EST", -300}, {"EDT", -240},
    {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"JST", 540},
    {"AEST", 600}, {"AEDT", 660}, {"NZST", 720}, {"NZDT", 780}, {"SGT", 480},  {"CST", -360}};
struct ZoneMeant {
  std::string_view word, zone;
};
constexpr ZoneMeant kMeant[] = {{"PT", "America/Los_Angeles"},
                                {"ET", "America/New_York"},
                                {"CT", "America/Chicago"},
                                {"MT", "America/Denver"}};

}  // namespace

std::size_t offset_length(std::string_view text) {
  Scan s{text};
  if (!s.take_any("+-") || !s.number(2, 2)) {
    s = {text};
    if (!s.take_any("+-") || !s.number(4, 4)) return 0;
    return s.ended() ? s.at : 0;
  }
  s.take(':');
  return s.number(2, 2) && s.ended() ? s.at : 0;
}

std::size_t zone_word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() &&
         (is_letter(text[length]) || text[length] == '_' || (text[length] == '/' && length > 1)))
    ++length;
  if (length < text.size() && is_digit(text[length])) return 0;
  const auto word = text.substr(0, length);
  if (word == "Z") return 1;
  if (offset_of(word) || zone_meant(word)) return length;
  const auto slash = word.find('/');
  constexpr std::string_view kAreas[] = {"Africa",   "America",   "Antarctica", "Asia",
                                         "Atlantic", "Australia", "Europe",     "Indian",
                                         "Pacific",  "US",        "Etc"};
  if (slash == std::string_view::npos || slash + 1 == word.size()) return 0;
  return std::find(std::begin(kAreas), std::end(kAreas), word.substr(0, slash)) != std::end(kAreas)
             ? length
             : 0;
}

std::optional<int> offset_of(std::string_view zone_word) {
  for (const auto& known : kOffsets)
    if (known.word == zone_word) return known.minutes;
  if (zone_word.empty() || offset_length(zone_word) != zone_word.size()) return std::nullopt;
  std::string digits;
  for (const char c : zone_word)
    if (is_digit(c)) digits += c;
  const int minutes = std::stoi(digits.substr(0, 2)) * 60 + std::stoi(digits.substr(2));
  return zone_word[0] == '-' ? -minutes : minutes;
}

std::optional<std::string_view> zone_meant(std::string_view zone_word) {
  for (const auto& known : kMeant)
    if (known.word == zone_word) return known.zone;
  return std::nullopt;
}

}  // namespace nines::incident
