// How the frequency of a template moved between two stretches of a log, and which service it
// blames.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/count_tests.hpp"
#include "domain/rca/logs/severity.hpp"

namespace nines::rca {

/// Share of false findings among all that are called significant.
inline constexpr double kFalseDiscovery = 0.05;
/// A share that moved by less than this factor changed, but did not surge or drop.
inline constexpr double kSurgeFactor = 2;

enum class ShiftKind : std::uint8_t {
  fresh,     ///< not once before
  vanished,  ///< not once after
  surged,    ///< significant, at least twice the share
  dropped,   ///< significant, at most half the share
  changed,   ///< significant, by less
  steady,    ///< no more than chance explains
};

std::string_view to_string(ShiftKind kind);  ///< "new" for fresh

struct Shift {
  ShiftKind kind = ShiftKind::steady;
  double root_g = 0;    ///< signed root of the G statistic; negative when the share fell
  double log_odds = 0;  ///< Jeffreys
  double p = 1;
  double q = 1;              ///< adjusted for all templates that were tested together
  bool significant = false;  ///< q at most kFalseDiscovery: also of new and vanished ones
};

/// One shift per pair of counts, in their order.
std::vector<Shift> judge_shifts(std::span<const stats::TwoShares> counts);

/// How much a template of this level counts when services are ranked: an error twice, a warning
/// once and a half.
double weight_of(LogLevel level);

/// The least count of a template that was not seen before with which it is called new when it is
/// the only one of `tests` templates that moved; nothing when even all lines would not do: then a
/// comparison can find nothing.
std::optional<std::uint64_t> fewest_new_lines(std::uint64_t first_total, std::uint64_t second_total,
                                              std::size_t tests = 1);

}  // namespace nines::rca
