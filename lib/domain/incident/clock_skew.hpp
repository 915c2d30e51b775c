// How far the clocks of a record's sources are apart, told by events that two of them noted.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/incident/model.hpp"

namespace nines::incident {

/// One clock against the reference: positive when its times are later.
struct ClockSkew {
  std::string clock;  ///< "chat", "ada"; "here" for this machine's
  std::string reference;
  Micros offset{0};  ///< median over the pairs
  Micros spread{0};  ///< either way: the median distance from it, and what the times leave open
  std::vector<std::pair<std::string, std::string>> pairs;  ///< numbers of the lines, clock first
  /// Whole half hours that explain the offset to two minutes: another zone, not another clock.
  std::chrono::minutes zone_slip{0};
};

/// Lines of two clocks are taken for one event when they tell the same milestone, or share most of
/// their words, and each is the other's best match. The reference is the clock with the most exact
/// times, then with the most lines. Clocks without a pair are not in the list.
std::vector<ClockSkew> clock_skews(const Record& record);

/// The lines with every known offset taken out, by time again; their spread grows by that of the
/// clock. What was written stays as it is.
std::vector<Entry> aligned(std::vector<Entry> entries, const std::vector<ClockSkew>& skews);

}  // namespace nines::incident
