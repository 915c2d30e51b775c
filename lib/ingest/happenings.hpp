// Pairs what two exports of one source tell of one happening, each line with one other.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"

namespace nines::ingest {

/// "webhook/resolved/X" and "log_entry/resolved/Y": the export that names it so, and what happened.
struct KindedName {
  std::string_view source, happening;
};
/// Nothing for a name that has no kinds.
std::optional<KindedName> kinds_of(std::string_view name);

/// How far apart the times are that two exports state of one happening.
inline constexpr auto kSameHappening = std::chrono::seconds{5};

/// Lines that wait for the same to be told by another export. Looked up by what happened and when:
/// ten thousand within one second cost no more than ten thousand within a year.
template <typename T>
class Happenings {
 public:
  /// A line whose name has no kinds waits for nothing.
  void add(std::string_view name, Instant at, T line) {
    const auto kinds = kinds_of(name);
    if (!kinds) return;
    auto& sources = waiting_[std::string(kinds->happening)];
    if (sources.size() >= kMostSources && !sources.contains(kinds->source)) return;
    sources[std::string(kinds->source)].emplace(at, std::move(line));
  }

  /// The earliest that another export tells of the same within seconds; it waits no more.
  std::optional<T> take(std::string_view name, Instant at) {
    const auto kinds = kinds_of(name);
    const auto known = kinds ? waiting_.find(kinds->happening) : waiting_.end();
    if (known == waiting_.end()) return std::nullopt;
    ByTime* lines = nullptr;
    typename ByTime::iterator first{};
    for (auto& [source, by_time] : known->second) {
      if (source == kinds->source) continue;
      const auto place = by_time.lower_bound(at - kSameHappening);
      if (place == by_time.end() || place->first > at + kSameHappening) continue;
      if (lines != nullptr && first->first <= place->first) continue;
      lines = &by_time;
      first = place;
    }
    if (lines == nullptr) return std::nullopt;
    auto line = std::move(first->second);
    lines->erase(first);
    return line;
  }

 private:
  using ByTime = std::multimap<Instant, T>;
  static constexpr std::size_t kMostSources = 8;  // of names that only look like these
  std::map<std::string, std::map<std::string, ByTime, std::less<>>, std::less<>> waiting_;
};

}  // namespace nines::ingest
