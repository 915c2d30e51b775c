// Times in front of a text, labels before a time, and the marks between them.
#include "ingest/timeline_line.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"
#include "domain/incident/told.hpp"
#include "domain/incident/written_duration.hpp"

namespace nines::ingest {
namespace {

constexpr std::string_view kOpening = "*_`[(\"";
constexpr std::string_view kClosing = "*_`])\"";
constexpr std::size_t kLongestSpeaker = 80;

std::size_t skip(std::string_view line, std::size_t at, std::string_view set) {
  while (at < line.size() && set.find(line[at]) != std::string_view::npos) ++at;
  return at;
}

/// A dash, a long dash or "to" between two times or after one; its length, or 0.
std::size_t dash_length(std::string_view text) {
  for (const auto* dash : {"—", "–", "---", "--", "-", "to "})
    if (text.starts_with(dash)) return std::string_view(dash).size();
  return 0;
}

/// The mark between time and text: its length, or 0.
std::size_t mark_length(std::string_view text) {
  for (const auto* mark : {"=>", "->", ":", "|", ";"})
    if (text.starts_with(mark)) return std::string_view(mark).size();
  return text.starts_with("to ") ? 0 : dash_length(text);
}

/// A second time behind a dash.
std::optional<incident::WrittenTime> range_end(std::string_view line, std::size_t& at) {
  auto next = skip(line, at, " ");
  const auto dash = dash_length(line.substr(next));
  if (dash == 0) return std::nullopt;
  next = skip(line, next + dash, " ");
  auto until = incident::read_time(line, next);
  if (!until || !until->clock) return std::nullopt;
  at = until->end;
  return until;
}

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  for (const auto word : split(text, ' ')) words += word.empty() ? 0 : 1;
  return words;
}

}  // namespace

std::string_view without_emphasis(std::string_view text) {
  text = trim(text);
  while (!text.empty() && std::string_view("*_`").find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view("*_`").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return trim(text);
}

std::optional<TimelineLine> leading_time_line(std::string_view line, bool bare) {
  const auto begin = skip(line, 0, kOpening);
  TimelineLine found;
  auto at = begin;
  if (const auto time = incident::read_time(line, begin)) {
    found.time = *time;
    at = time->end;
    if (!time->clock) {
      const auto next = skip(line, at, " ,T");
      if (const auto length = incident::unreadable_clock(line.substr(next))) {
        found.unreadable = true;
        at = next + length;
      }
    } else {
      found.until = range_end(line, at);
      // The zone may stand behind the range only.
      if (found.until && found.time.zone.empty()) found.time.zone = found.until->zone;
    }
  } else if (bare) {
    const auto length = incident::unreadable_clock(line.substr(begin));
    if (length == 0 || line.substr(begin).starts_with("(")) return std::nullopt;
    found.unreadable = true;
    at = begin + length;
    const auto next = skip(line, at, " ");
    if (const auto zone = incident::zone_word_length(line.substr(next))) at = next + zone;
  } else {
    return std::nullopt;
  }
  found.written = line.substr(begin, at - begin);
  at = skip(line, at, kClosing);
  at = skip(line, at, " \t");
  const auto mark = mark_length(line.substr(at));
  // Without a mark or a bracket a sentence may begin with a time: "10 May was a Sunday".
  if (mark == 0 && begin == 0 && !(found.time.clock && found.time.date)) {
    if (!found.time.clock) return std::nullopt;
  }
  at = skip(line, at + mark, kClosing);
  at = skip(line, at, " \t");
  found.text = line.substr(at);
  while (!found.text.empty() && (found.text.back() == ' ' || found.text.back() == '\r'))
    found.text.remove_suffix(1);
  if (found.text.empty()) return std::nullopt;
  return found;
}

std::optional<TimelineLine> labelled_time_line(std::string_view line) {
  while (!line.empty() && std::string_view(" \t\r*_`.").find(line.back()) != std::string_view::npos)
    line.remove_suffix(1);
  TimelineLine found;
  found.label = true;
  const auto times = incident::find_times(line);
  if (times.empty()) return std::nullopt;
  found.time = times.back();
  std::size_t end = found.time.end;
  if (!found.time.clock) {
    const auto next = skip(line, end, " ,:");
    const auto length = next < line.size() ? incident::unreadable_clock(line.substr(next)) : 0;
    if (length > 0) {
      found.unreadable = true;
      end = next + length;
    }
  }
  if (times.size() > 1 && times[times.size() - 2].end + 6 > found.time.begin) {
    auto at = times[times.size() - 2].end;
    if (auto until = range_end(line, at); until && at == end) {
      found.until = until;
      found.time = times[times.size() - 2];
    }
  }
  if (end != line.size() || found.time.begin == 0) return std::nullopt;
  found.written = line.substr(found.time.begin, end - found.time.begin);
  auto label = line.substr(0, found.time.begin);
  const bool colon = trim(without_emphasis(label)).ends_with(":");
  while (!label.empty() &&
         std::string_view(" \t*_`:-(").find(label.back()) != std::string_view::npos)
    label.remove_suffix(1);
  label = label.substr(skip(label, 0, "*_` "));
  found.text = label;
  if (label.empty() || label.size() > kLongestSpeaker || words_in(label) > 8) return std::nullopt;
  if (label.find_first_of(".:;!?(") != std::string_view::npos) return std::nullopt;
  // A time without a date ends many sentences; here the label must say what it is.
  if (!found.time.date && !(colon && incident::milestone_told(label))) return std::nullopt;
  if (incident::milestone_told(label)) return found;
  // Prose ends with days as well: what is no milestone has to state its year and clock time.
  if (!found.time.date->year || (!found.time.clock && !found.unreadable)) return std::nullopt;
  return found;
}

std::optional<LabelledValue> labelled_duration(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon > kLongestSpeaker) return std::nullopt;
  const LabelledValue found{without_emphasis(line.substr(0, colon)),
                            without_emphasis(line.substr(colon + 1))};
  const auto label = to_lower_ascii(found.label);
  constexpr std::string_view kLabels[] = {"time to ", "duration",  "delay",      "downtime",
                                          "lasted",   "length of", "outage time"};
  const bool named = std::any_of(std::begin(kLabels), std::end(kLabels), [&](std::string_view l) {
    return label.find(l) != std::string::npos;
  });
  if (!named || words_in(label) > 6) return std::nullopt;
  const auto durations = incident::find_durations(found.value);
  if (durations.empty() || durations.front().begin > 2) return std::nullopt;
  return found;
}

}  // namespace nines::ingest
