// Mutual best matches between the lines of two clocks, and the median of what lies between them.
#include "domain/incident/clock_skew.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "domain/incident/told.hpp"

namespace nines::incident {
namespace {

constexpr double kAlike = 0.5;
constexpr auto kFarthest = std::chrono::hours{14};
constexpr std::size_t kMostLines = 400;  ///< of a clock that are compared

struct Line {
  const Entry* entry;
  std::set<std::string> words;
  std::string_view told;
};

std::set<std::string> long_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text.substr(0, 2000)) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      (static_cast<unsigned char>(c) & 0x80) != 0;
    if (part) {
      word += c;
    } else {
      if (word.size() > 2) words.insert(to_lower_ascii(word));
      word.clear();
    }
  }
  if (word.size() > 2) words.insert(to_lower_ascii(word));
  return words;
}

/// 2 for one milestone, else the share of words in common.
double likeness(const Line& a, const Line& b) {
  if (!a.told.empty() && a.told == b.told) return 2;
  std::size_t common = 0;
  for (const auto& word : a.words) common += b.words.count(word);
  const auto all = a.words.size() + b.words.size() - common;
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

const Line* best_for(const Line& line, const std::vector<Line>& others) {
  const Line* best = nullptr;
  double most = kAlike;
  for (const auto& other : others) {
    if (std::chrono::abs(other.entry->when.at - line.entry->when.at) > kFarthest) continue;
    const auto like = likeness(line, other);
    if (like < most || (like == most && best != nullptr)) continue;
    most = like;
    best = &other;
  }
  return best;
}

using Clocks = std::map<std::string, std::vector<Line>>;

Clocks clocks_of(const Record& record) {
  Clocks clocks;
  for (const auto& entry : record.entries) {
    if (entry.kind == EntryKind::state || entry.retracted || entry.proposed ||
        entry.when.precision == Precision::unknown)
      continue;
    auto& lines = clocks[entry.when.clock.empty() ? "here" : entry.when.clock];
    if (lines.size() < kMostLines)
      lines.push_back({&entry, long_words(entry.text), milestone_told(entry.text).value_or("")});
  }
  return clocks;
}

std::size_t exact_lines(const std::vector<Line>& lines) {
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [](const Line& line) {
    return line.entry->when.precision == Precision::exact;
  }));
}

std::string reference_among(const Clocks& clocks) {
  const auto best =
      std::max_element(clocks.begin(), clocks.end(), [](const auto& a, const auto& b) {
        return std::pair(exact_lines(a.second), a.second.size()) <
               std::pair(exact_lines(b.second), b.second.size());
      });
  return best->first;
}

Micros median(std::vector<Micros> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Half of what the precision of a time leaves open.
Micros open_in(const StatedTime& when) {
  const auto bounds = bounds_of(when);
  return bounds ? (bounds->latest - bounds->earliest) / 2 : Micros{0};
}

std::chrono::minutes slip_in(Micros offset) {
  using std::chrono::minutes;
  const auto half = std::chrono::round<minutes>(offset / 30.0).count() * 30;
  const bool whole = std::chrono::abs(offset - minutes{half}) <= minutes{2};
  return whole ? minutes{half} : minutes{0};
}

ClockSkew skew_of(const std::string& clock, const std::vector<Line>& lines,
                  const std::string& reference, const std::vector<Line>& others) {
  ClockSkew skew{clock, reference, Micros{0}, Micros{0}, {}, std::chrono::minutes{0}};
  std::vector<Micros> offsets;
  Micros open{0};
  for (const auto& line : lines) {
    const auto* other = best_for(line, others);
    if (other == nullptr || best_for(*other, lines) != &line) continue;
    offsets.push_back(line.entry->when.at - other->entry->when.at);
    open = std::max(open, open_in(line.entry->when) + open_in(other->entry->when));
    skew.pairs.emplace_back(line.entry->name, other->entry->name);
  }
  if (offsets.empty()) return skew;
  skew.offset = median(offsets);
  for (auto& offset : offsets) offset = std::chrono::abs(offset - skew.offset);
  skew.spread = median(offsets) + open;
  skew.zone_slip = slip_in(skew.offset);
  return skew;
}

}  // namespace

std::vector<ClockSkew> clock_skews(const Record& record) {
  std::vector<ClockSkew> skews;
  const auto clocks = clocks_of(record);
  if (clocks.size() < 2) return skews;
  const auto reference = reference_among(clocks);
  for (const auto& [clock, lines] : clocks) {
    if (clock == reference) continue;
    auto skew = skew_of(clock, lines, reference, clocks.at(reference));
    if (!skew.pairs.empty()) skews.push_back(std::move(skew));
  }
  return skews;
}

std::vector<Entry> aligned(std::vector<Entry> entries, const std::vector<ClockSkew>& skews) {
  for (auto& entry : entries) {
    const auto& clock = entry.when.clock.empty() ? "here" : entry.when.clock;
    for (const auto& skew : skews) {
      if (skew.clock != clock || entry.kind == EntryKind::state ||
          entry.when.precision == Precision::unknown)
        continue;
      entry.when.at -= skew.offset;
      if (entry.when.until) *entry.when.until -= skew.offset;
      entry.when.spread += skew.spread;
      entry.when.precision = Precision::about;
    }
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.when.at < b.when.at; });
  return entries;
}

}  // namespace nines::incident
