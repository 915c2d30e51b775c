// Services by the largest held deviation of their columns, when no symptom is named.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/rca/rank/calibration.hpp"
#include "domain/rca/rank/service_order.hpp"

namespace nines::rca {
namespace {

/// Windows are asked one in a hundred, as a block is.
constexpr double kWindowChance = 0.01;
/// A column that was always 0 moved when it is something else in so many rows.
constexpr double kMostRows = 0.5;

/// Per stretch of rows the largest deviation of any column.
std::vector<double> largest_by_stretch(const MovedColumns& moved,
                                       std::vector<double> PairedColumn::*values, std::size_t rows,
                                       std::size_t step) {
  std::vector<double> largest;
  for (std::size_t at = 0; at < moved.columns.size(); ++at) {
    const auto kind = moved.movements[at].kind;
    if (kind != Movement::Kind::measured && kind != Movement::Kind::from_zero) continue;
    const auto& column = moved.columns[at];
    const auto stretches = stretch_deviations(column, column.*values, rows, step);
    largest.resize(std::max(largest.size(), stretches.size()), 0);
    for (std::size_t i = 0; i < stretches.size(); ++i)
      largest[i] = std::max(largest[i], stretches[i]);
  }
  return largest;
}

struct Judgement {
  bool anomalous = false;
  std::string because;
  std::optional<double> chance;
  double spell = 0;   ///< what stretches of the baseline reach by themselves
  double beyond = 1;  ///< how many times that is asked

  double asked() const { return std::max(kOutlier, beyond * spell); }
  std::string beside(double best) const {
    auto what = asked() > kOutlier ? fmt::format("{:.1f} times what the baseline reaches", beyond)
                                   : std::string("an outlier");
    return fmt::format("the largest deviation is {} usual spreads, and {} are asked: {}",
                       short_number(best), short_number(asked()), what);
  }
};

void judge_by_windows(const MovedColumns& moved, std::size_t before, std::size_t now, double best,
                      Judgement& judgement) {
  const auto windows =
      largest_by_stretch(moved, &PairedColumn::before, now, window_step(before, now));
  const auto as_much = std::count_if(windows.begin(), windows.end(),
                                     [&](double deviation) { return deviation >= best; });
  const auto count = static_cast<double>(windows.size());
  judgement.chance = static_cast<double>(1 + as_much) / (1 + count);
  judgement.spell = usual_spell(windows);
  const double asked = std::max(kWindowChance, 1 / (1 + count));
  judgement.anomalous = *judgement.chance <= asked && best >= judgement.asked();
  judgement.because = fmt::format(
      "{}; {:.2g} % of {} baseline windows of {} rows hold as much, and at most {:.2g} % is asked",
      judgement.beside(best), 100 * *judgement.chance, windows.size(), now, 100 * asked);
}

void judge_by_blocks(const MovedColumns& moved, std::size_t before, std::size_t now, double best,
                     Judgement& judgement) {
  const auto rows = block_rows(before, now);
  const auto blocks_before = largest_by_stretch(moved, &PairedColumn::before, rows, rows);
  const auto blocks_now = largest_by_stretch(moved, &PairedColumn::now, rows, rows);
  judgement.spell = usual_spell(blocks_before);
  if (least_chance(blocks_before.size(), blocks_now.size()) > kBlockChance) {
    judgement.anomalous = best >= std::max(kFarOutside, judgement.asked());
    judgement.because = fmt::format(
        "{}, and at least {:.0f} of a baseline too short to be compared block by block ({})",
        judgement.beside(best), kFarOutside, count_of(before, "row"));
    return;
  }
  judgement.chance = precedence_chance(blocks_before, blocks_now);
  judgement.anomalous = *judgement.chance <= kBlockChance && best >= judgement.asked();
  judgement.because = fmt::format(
      "{}; in blocks of {}, chance {} by the precedence test against {} blocks of the baseline, "
      "and at most {} is asked",
      judgement.beside(best), count_of(rows, "row"), short_number(*judgement.chance),
      blocks_before.size(), kBlockChance);
}

/// A column that was always 0 has no spread to be measured by, so it is tested by itself: the
/// chance that its first other values come only now, times the columns that could have done so.
void judge_from_zero(const MovedColumns& moved, std::size_t before, std::size_t now,
                     Judgement& judgement) {
  const auto rows = block_rows(before, now);
  for (std::size_t at = 0; at < moved.columns.size(); ++at) {
    const auto& movement = moved.movements[at];
    if (movement.kind != Movement::Kind::from_zero || movement.share < kMostRows) continue;
    const auto& column = moved.columns[at];
    const double chance =
        std::min(1.0, static_cast<double>(moved.columns.size()) *
                          precedence_chance(stretch_deviations(column, column.before, rows, rows),
                                            stretch_deviations(column, column.now, rows, rows)));
    if (chance > kBlockChance) continue;
    judgement.anomalous = true;
    judgement.chance = std::min(judgement.chance.value_or(1), chance);
    judgement.because = fmt::format(
        "'{}' was 0 in all {} before and is not in {:.0f} % of the rows now: chance {} by the "
        "precedence test over {}, and at most {} is asked",
        to_string(column.name), count_of(before, "row"), 100 * movement.share,
        short_number(chance), count_of(moved.columns.size(), "column"), kBlockChance);
    return;
  }
}

Judgement judge(const MovedColumns& moved, const MetricTable& before, const MetricTable& now) {
  double best = 0;
  for (const auto& movement : moved.movements) best = std::max(best, movement.score);
  const auto rows_before = before.times.size(), rows_now = now.times.size();
  Judgement judgement;
  judgement.beyond = beyond_spells(rows_before);
  if (by_windows(rows_before, rows_now))
    judge_by_windows(moved, rows_before, rows_now, best, judgement);
  else
    judge_by_blocks(moved, rows_before, rows_now, best, judgement);
  if (!judgement.anomalous) judge_from_zero(moved, rows_before, rows_now, judgement);
  return judgement;
}

/// What left 0 stands where a deviation begins to count, so that no spell of noise is ahead of it.
void place_from_zero(double asked, MovedColumns& moved) {
  for (auto& movement : moved.movements)
    if (movement.kind == Movement::Kind::from_zero) movement.score = settled(asked * movement.share);
  moved.sort_by_score();
}

}  // namespace

Ranking rank_by_movement(const MetricTable& before, const MetricTable& now) {
  Ranking ranking;
  ranking.method = "held deviation over max(IQR, 5 % of the median)";
  auto moved = moved_columns(before, now);
  auto judgement = judge(moved, before, now);
  ranking.anomalous = judgement.anomalous;
  ranking.because = std::move(judgement.because);
  ranking.chance = judgement.chance;
  if (!ranking.anomalous) return ranking;
  place_from_zero(judgement.asked(), moved);
  for (const auto& [service, places] : moved.by_service) {
    const auto& best = moved.movements[places.front()];
    ranking.services.push_back(
        {service, best.score, describe(moved.columns[places.front()], best, now.times)});
  }
  std::stable_sort(
      ranking.services.begin(), ranking.services.end(),
      [](const RankedService& a, const RankedService& b) { return a.score > b.score; });
  append_metrics(moved, now.times, ranking);
  return ranking;
}

}  // namespace nines::rca
