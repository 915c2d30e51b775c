// Finds the length by the highest autocorrelation behind its first zero.
#include "domain/rca/changepoints/season.hpp"

#include <algorithm>
#include <cmath>

#include "domain/rca/changepoints/partition.hpp"

namespace nines::rca {
namespace {

/// Products that are summed for it, at most: a second's work.
constexpr std::size_t kMostProducts = 400'000'000;
/// A part of the lag that agrees most must come so near to it.
constexpr double kNearHighest = 0.9;

std::vector<double> around_line(const std::vector<double>& values) {
  const SegmentFit fit = SegmentCosts(values, true).fit(0, values.size());
  const double middle = (static_cast<double>(values.size()) - 1) / 2;
  std::vector<double> residuals;
  residuals.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    residuals.push_back(values[i] - fit.level - fit.slope * (static_cast<double>(i) - middle));
  return residuals;
}

/// From lag 0 on: means of products over the mean of squares. Empty when nothing varies.
std::vector<double> autocorrelation(const std::vector<double>& residuals, std::size_t lags) {
  std::vector<double> found;
  for (std::size_t lag = 0; lag <= lags; ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < residuals.size(); ++i) sum += residuals[i] * residuals[i - lag];
    found.push_back(sum / static_cast<double>(residuals.size() - lag));
    if (found.front() <= 0) return {};
  }
  for (std::size_t lag = found.size(); lag-- > 0;) found[lag] /= found.front();
  return found;
}

/// The lag of the highest agreement within a twentieth of `lag`.
std::size_t peak_near(const std::vector<double>& agreement, double lag) {
  const auto from = static_cast<std::size_t>(std::ceil(lag * 0.95));
  const auto to = std::min(static_cast<std::size_t>(lag * 1.05), agreement.size() - 1);
  auto best = from;
  for (auto at = from; at <= to; ++at)
    if (agreement[at] > agreement[best]) best = at;
  return best;
}

/// The lag that agrees most, or the part of it that agrees nearly as well: what comes again after
/// one day does so after two. 0 when there is none.
std::size_t season_length(const std::vector<double>& agreement, std::size_t longest) {
  std::size_t first = 1;
  while (first < agreement.size() && agreement[first] > 0) ++first;
  first = std::max(first, kShortestSeason);
  if (first > longest) return 0;
  auto length = first;
  for (auto lag = first; lag <= longest; ++lag)
    if (agreement[lag] > agreement[length]) length = lag;
  const double highest = agreement[length];
  if (!(highest >= kSeasonAgreement) || agreement[2 * length] < kSeasonAgreement / 2) return 0;
  for (auto parts = length / first; parts > 1; --parts) {
    const auto part = peak_near(agreement, static_cast<double>(length) / static_cast<double>(parts));
    if (part < first || agreement[part] < kNearHighest * highest) continue;
    length = part;
    break;
  }
  // Later peaks tell the length more exactly: noise moves each of them as far. Behind the tenth a
  // twentieth is half a season.
  auto exact = static_cast<double>(length);
  const auto end = static_cast<double>(agreement.size());
  for (double times = 2; times < 10 && exact * times * 1.05 < end; ++times)
    exact = static_cast<double>(peak_near(agreement, exact * times)) / times;
  return static_cast<std::size_t>(std::lround(exact));
}

/// Values less the mean of the season around each; the ends, which have none, are left out.
std::vector<double> around_means(const std::vector<double>& values, std::size_t length) {
  const std::size_t half = length / 2;
  const bool even = length % 2 == 0;
  std::vector<double> away;
  for (std::size_t i = half; i + half < values.size(); ++i) {
    double sum = 0;
    for (std::size_t at = i - half; at <= i + half; ++at) sum += values[at];
    // Of an even season both ends count half.
    if (even) sum -= (values[i - half] + values[i + half]) / 2;
    away.push_back(values[i] - sum / static_cast<double>(length));
  }
  return away;
}

double middle_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::optional<Season> find_season(const std::vector<double>& values) {
  const std::size_t longest = std::min(values.size() / kLeastSeasons,
                                       kMostProducts / 2 / std::max<std::size_t>(1, values.size()));
  if (longest < kShortestSeason) return std::nullopt;
  const auto agreement = autocorrelation(around_line(values), 2 * longest);
  if (agreement.empty()) return std::nullopt;
  const auto length = season_length(agreement, longest);
  if (length == 0) return std::nullopt;
  const auto away = around_means(values, length);
  std::vector<std::vector<double>> places(length);
  for (std::size_t i = 0; i < away.size(); ++i)
    places[(i + length / 2) % length].push_back(away[i]);
  Season season{length, values};
  std::vector<double> pattern;
  double mean = 0;
  for (auto& place : places) {
    pattern.push_back(middle_of(std::move(place)));
    mean += pattern.back() / static_cast<double>(length);
  }
  for (std::size_t i = 0; i < values.size(); ++i) season.without[i] -= pattern[i % length] - mean;
  return season;
}

}  // namespace nines::rca
