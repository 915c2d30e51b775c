// Patterns of watches, and the arithmetic of quiet.
#include "domain/rca/analysis/watch.hpp"

#include <algorithm>
#include <cmath>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr EnumNames<WatchKind, 3> kWatchKinds{{"alert", "log", "playbook"}};

/// The parts between wildcards; blanks at their ends do not count.
std::vector<std::string_view> pattern_parts(std::string_view pattern) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  const auto take = [&](std::size_t to) {
    const auto part = trim(pattern.substr(from, to - from));
    if (!part.empty()) parts.push_back(part);
  };
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t wild = pattern.substr(i).starts_with("<*>") ? 3 : pattern[i] == '*' ? 1 : 0;
    if (wild == 0) {
      ++i;
      continue;
    }
    take(i);
    i += wild;
    from = i;
  }
  take(pattern.size());
  return parts;
}

double days_of(Micros span) {
  return static_cast<double>(span.count()) / static_cast<double>(Micros(std::chrono::days{1}).count());
}

double bounded_quiet(double per_day, double days) {
  return std::max(kLeastQuiet, quiet_ratio(per_day, days));
}

}  // namespace

std::string_view to_string(WatchKind kind) { return kWatchKinds.of(kind); }
std::optional<WatchKind> watch_kind_from(std::string_view text) { return kWatchKinds.find(text); }

std::string watch_name(const Watch& watch, std::size_t number) {
  return "watch " + std::to_string(number) + " (" + std::string(to_string(watch.kind)) + " '" +
         watch.pattern + "')";
}

bool holds_pattern(std::string_view text, std::string_view pattern) {
  for (const auto part : pattern_parts(pattern)) {
    const auto found = text.find(part);
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + part.size());
  }
  return true;
}

bool is_named_so(std::string_view name, std::string_view pattern) {
  const auto parts = pattern_parts(pattern);
  const bool open_front = pattern.starts_with('*') || pattern.starts_with("<*>");
  const bool open_back = pattern.ends_with('*') || pattern.ends_with("<*>");
  if (parts.empty()) return open_front || name.empty();
  if (!open_front && !name.starts_with(parts.front())) return false;
  if (!open_back && !name.ends_with(parts.back())) return false;
  if (parts.size() == 1 && !open_front && !open_back) return name == parts.front();
  // The last part is the one at the end, where it must end there.
  if (!open_back) {
    name.remove_suffix(parts.back().size());
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto found = name.find(parts[i]);
      if (found == std::string_view::npos) return false;
      name.remove_prefix(found + parts[i].size());
    }
    return true;
  }
  return holds_pattern(name, pattern);
}

bool is_empty_pattern(std::string_view pattern) { return pattern_parts(pattern).empty(); }

Quiet quiet_of(const Watch& watch) {
  Quiet quiet;
  auto& last_match = quiet.last_match;
  for (const auto& time : watch.times) {
    quiet.matches += time.matches;
    if (time.matches > 0) last_match = last_match ? std::max(*last_match, time.to) : time.to;
    quiet.until = quiet.until ? std::max(*quiet.until, time.to) : time.to;
  }
  std::vector<std::pair<Instant, Instant>> spans;
  for (const auto& time : watch.times) {
    auto from = std::max(time.from, watch.at);
    if (last_match) from = std::max(from, *last_match);
    if (time.matches == 0 && time.to > from) spans.emplace_back(from, time.to);
  }
  std::sort(spans.begin(), spans.end());
  std::optional<Instant> end;
  for (const auto& [from, to] : spans) {
    const auto begin = end ? std::max(from, *end) : from;
    if (to > begin) quiet.exposure += to - begin;
    end = end ? std::max(*end, to) : to;
  }
  if (!watch.every || watch.every->count() <= 0) return quiet;
  const double per_day = 1 / days_of(*watch.every), days = days_of(quiet.exposure);
  quiet.ratio = bounded_quiet(per_day, days);
  quiet.floored = quiet_ratio(per_day, days) < kLeastQuiet;
  quiet.low = bounded_quiet(per_day * 2, days);
  quiet.high = bounded_quiet(per_day / 2, days);
  return quiet;
}

double quiet_ratio(double per_day, double days) {
  return std::exp(-std::max(0.0, per_day) * std::max(0.0, days));
}

std::string watch_label(const Watch& watch) {
  auto text = watch.uid.to_string();
  std::erase(text, '-');
  return text;
}

}  // namespace nines::rca
