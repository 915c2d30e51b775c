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

void judge_by_windows(const MovedColumns& moved, std::size_t before, std::size_t now, double best,
                      Ranking& ranking) {
  const auto windows =
      largest_by_stretch(moved, &PairedColumn::before, now, window_step(before, now));
  const auto as_much = std::count_if(windows.begin(), windows.end(),
                                     [&](double deviation) { return deviation >= best; });
  const auto count = static_cast<double>(windows.size());
  ranking.chance = static_cast<double>(1 + as_much) / (1 + count);
  const double asked = std::max(kWindowChance, 1 / (1 + count));
  ranking.anomalous = *ranking.chance <= asked && best >= kOutlier;
  ranking.because = fmt::format(
      "the largest deviation is {} usual spreads; {:.2g} % of {} baseline windows of {} rows hold "
      "as much, and at most {:.2g} % is asked",
      short_number(best), 100 * *ranking.chance, windows.size(), now, 100 * asked);
}

void judge_by_blocks(const MovedColumns& moved, std::size_t before, std::size_t now, double best,
                     Ranking& ranking) {
  const auto rows = block_rows(before, now);
  const auto blocks_before = largest_by_stretch(moved, &PairedColumn::before, rows, rows);
  const auto blocks_now = largest_by_stretch(moved, &PairedColumn::now, rows, rows);
  if (least_chance(blocks_before.size(), blocks_now.size()) > kBlockChance) {
    ranking.anomalous = best >= kFarOutside;
    ranking.because = fmt::format(
        "the largest deviation is {} usual spreads, and {:.0f} are asked of a baseline too short "
        "to be compared block by block ({})",
        short_number(best), kFarOutside, count_of(before, "row"));
    return;
  }
  ranking.chance = precedence_chance(blocks_before, blocks_now);
  ranking.anomalous = *ranking.chance <= kBlockChance && best >= kOutlier;
  ranking.because = fmt::format(
      "the largest deviation is {} usual spreads; in blocks of {}, chance {} by the "
      "precedence test against {} blocks of the baseline, and at most {} is asked",
      short_number(best), count_of(rows, "row"), short_number(*ranking.chance),
      blocks_before.size(), kBlockChance);
}

void judge(const MovedColumns& moved, const MetricTable& before, const MetricTable& now,
           Ranking& ranking) {
  double best = 0;
  for (const auto& movement : moved.movements) best = std::max(best, movement.score);
  const auto rows_before = before.times.size(), rows_now = now.times.size();
  if (by_windows(rows_before, rows_now))
    judge_by_windows(moved, rows_before, rows_now, best, ranking);
  else
    judge_by_blocks(moved, rows_before, rows_now, best, ranking);
}

}  // namespace

Ranking rank_by_movement(const MetricTable& before, const MetricTable& now) {
  Ranking ranking;
  ranking.method = "held deviation over max(IQR, 5 % of the median)";
  const auto moved = moved_columns(before, now);
  judge(moved, before, now, ranking);
  if (!ranking.anomalous) return ranking;
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
