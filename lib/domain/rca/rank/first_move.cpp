// Each column against its own spells of a few rows, then the row from which it stays beyond them.
#include "domain/rca/rank/first_move.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "domain/rca/rank/calibration.hpp"
#include "domain/rca/rank/movement.hpp"
#include "domain/rca/rank/symptom.hpp"

namespace nines::rca {
namespace {

/// Deviations in spreads, in the harmful direction where one is known; NaN where nothing was
/// measured.
std::vector<double> deviations_of(const PairedColumn& column, const std::vector<double>& values,
                                  std::optional<int> direction) {
  const double spread = column.baseline.spread(kLevelFloor);
  std::vector<double> found;
  found.reserve(values.size());
  for (const double value : values) {
    double moved = value - column.baseline.median;
    moved = direction ? moved * *direction : std::abs(moved);
    if (spread > 0)
      moved = std::min(moved / spread, kMostDeviation);
    else if (!std::isnan(moved))
      moved = moved > 0 ? kOutlier : 0;
    found.push_back(moved);
  }
  return found;
}

/// Per row what at least half of the kHeldRows rows from it on reach; 0 where too few were measured.
std::vector<double> held_from(const std::vector<double>& deviations) {
  std::vector<double> reached;
  std::vector<double> some;
  for (std::size_t row = 0; row < deviations.size(); ++row) {
    some.clear();
    for (auto at = row; at < std::min(row + kHeldRows, deviations.size()); ++at)
      if (!std::isnan(deviations[at])) some.push_back(deviations[at]);
    if (2 * some.size() <= kHeldRows) {
      reached.push_back(0);
      continue;
    }
    const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
    std::nth_element(some.begin(), middle, some.end(), std::greater<>());
    reached.push_back(std::max(0.0, *middle));
  }
  return reached;
}

std::optional<FirstMove> first_move(const PairedColumn& column, std::optional<int> direction) {
  const auto now = deviations_of(column, column.now, direction);
  if (column.baseline.count == 0 || present(now).empty()) return std::nullopt;
  const auto before = deviations_of(column, column.before, direction);
  const auto held_before = held_from(before), held_now = held_from(now);
  const double largest = held_before.empty()
                             ? 0
                             : *std::max_element(held_before.begin(), held_before.end());
  FirstMove move{column.name, 0, std::nullopt, *std::max_element(held_now.begin(), held_now.end())};
  const double asked = beyond_spells(column.baseline.count) * usual_spell(held_before);
  if (move.spreads < std::max({kOutlier, asked, largest}) || move.spreads <= largest)
    return std::nullopt;
  const double beyond = std::max(kOutlier, largest);
  while (move.row < now.size() && !(now[move.row] >= beyond && held_now[move.row] >= beyond))
    ++move.row;
  if (move.row == now.size()) return std::nullopt;
  for (std::size_t at = move.row; at > 0 && !move.still; --at)
    if (!std::isnan(now[at - 1])) move.still = at - 1;
  return move;
}

}  // namespace

std::vector<FirstMove> first_moves(const MetricTable& before, const MetricTable& now) {
  const auto columns = pair_columns(before, now);
  std::map<std::string, bool> has_harmful;
  for (const auto& column : columns)
    has_harmful[column.name.service] =
        has_harmful[column.name.service] || harmful_direction(column.name.metric).has_value();
  std::map<std::string, FirstMove> earliest;
  for (const auto& column : columns) {
    const auto direction = harmful_direction(column.name.metric);
    if (has_harmful.at(column.name.service) && !direction) continue;
    auto move = first_move(column, direction);
    if (!move) continue;
    const auto [found, fresh] = earliest.try_emplace(column.name.service, *move);
    if (!fresh && (move->row < found->second.row ||
                   (move->row == found->second.row && move->spreads > found->second.spreads)))
      found->second = *std::move(move);
  }
  std::vector<FirstMove> moves;
  for (auto& [service, move] : earliest) moves.push_back(std::move(move));
  return moves;
}

}  // namespace nines::rca
