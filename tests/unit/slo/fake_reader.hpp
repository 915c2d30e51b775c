// Measurements held in a vector: the Reader that tests of judgement use.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "domain/series/counts.hpp"

namespace nines::test {

class FakeReader final : public series::Reader {
 public:
  void put(std::int64_t minute, std::uint64_t good, std::uint64_t total, bool observed = true,
           std::uint8_t series = 0) {
    rows_[id(series)][minute] = {minute, good, total, observed};
  }
  /// Every minute of [from, to) with the same counts.
  void fill(std::int64_t from, std::int64_t to, std::uint64_t good, std::uint64_t total,
            std::uint8_t series = 0) {
    for (auto m = from; m < to; ++m) put(m, good, total, true, series);
  }
  static series::SeriesId id(std::uint8_t n = 0) {
    series::SeriesId made{};
    made[0] = n;
    return made;
  }

  std::optional<series::Extent> extent(const series::SeriesId& series) const override {
    const auto found = rows_.find(series);
    if (found == rows_.end() || found->second.empty()) return std::nullopt;
    return series::Extent{found->second.begin()->first, found->second.rbegin()->first + 1};
  }
  series::Counts sum(const series::SeriesId& series, std::int64_t from,
                     std::int64_t to) const override {
    series::Counts counts;
    for (const auto& m : minutes(series, from, to))
      counts += {m.good, m.total, m.observed ? 1u : 0u};
    return counts;
  }
  std::vector<series::MinuteCount> minutes(const series::SeriesId& series, std::int64_t from,
                                           std::int64_t to) const override {
    std::vector<series::MinuteCount> found;
    const auto rows = rows_.find(series);
    if (rows == rows_.end()) return found;
    for (auto it = rows->second.lower_bound(from); it != rows->second.end() && it->first < to; ++it)
      found.push_back(it->second);
    return found;
  }

 private:
  std::map<series::SeriesId, std::map<std::int64_t, series::MinuteCount>> rows_;
};

}  // namespace nines::test
