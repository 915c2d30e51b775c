// Contrasts of symptom rows against the rows ahead of them, here and in the baseline's windows.
#include "domain/rca/rank/symptom.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/text.hpp"
#include "domain/rca/rank/calibration.hpp"

namespace nines::rca {
namespace {

/// Values that differ by less are the same value in another unit; columns are near 1.
constexpr double kSame = 1e-9;
constexpr double kFarBeyond = 1.5;

bool has_word(std::string_view metric, std::initializer_list<std::string_view> words) {
  const auto lower = to_lower_ascii(metric);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// The largest value in the rows of the symptom over the median of the rows ahead, or by itself
/// when nothing was measured there.
struct Contrast {
  double value = 0;
  bool over_ahead = false;
  std::size_t row = 0;
};

class Contrasts {
 public:
  explicit Contrasts(const Symptom& symptom) : symptom_(symptom) {}

  std::optional<Contrast> at(const std::vector<double>& values, std::size_t from) {
    std::optional<Contrast> best;
    for (const std::size_t row : symptom_.rows) {
      const double value = values[from + row] * symptom_.direction;
      if (!std::isnan(value) && (!best || value > best->value)) best = {value, false, from + row};
    }
    if (!best) return best;
    ahead_.clear();
    for (const std::size_t row : symptom_.ahead)
      if (!std::isnan(values[from + row])) ahead_.push_back(values[from + row]);
    if (ahead_.empty()) return best;
    std::sort(ahead_.begin(), ahead_.end());
    best->value -= quantile_of(ahead_, 0.5) * symptom_.direction;
    best->over_ahead = true;
    return best;
  }

 private:
  const Symptom& symptom_;
  std::vector<double> ahead_;
};

/// How far the rows ahead already were from the baseline, at the least: a column that stood
/// elsewhere before the symptom began is judged by what it did then.
double displacement(const PairedColumn& column, const Symptom& symptom) {
  std::optional<double> least;
  for (const std::size_t row : symptom.ahead) {
    if (std::isnan(column.now[row])) continue;
    const double away = std::abs(column.now[row] - column.baseline.median);
    least = std::min(least.value_or(away), away);
  }
  return least.value_or(0);
}

void weigh(const PairedColumn& column, double moved, double displaced, SymptomEvidence& evidence) {
  const double spread = std::max(column.baseline.spread(kWindowFloor), displaced);
  const double level = std::abs(column.baseline.median);
  if (spread > 0)
    evidence.spreads = settled(std::min(moved / spread, kMostDeviation));
  else
    evidence.spreads = moved > 0 ? kOutlier : 0;
  evidence.relative = level > 0 ? settled(moved / level) : (moved > 0 ? kMostDeviation : 0);
  evidence.usual = column.baseline.median * column.unit;
  evidence.measured = true;
}

SymptomEvidence against_windows(const PairedColumn& column, const Symptom& symptom) {
  SymptomEvidence evidence;
  Contrasts contrasts(symptom);
  const auto now = contrasts.at(column.now, 0);
  if (!now || column.baseline.count == 0) return evidence;
  const double usual = now->over_ahead ? 0 : column.baseline.median * symptom.direction;
  weigh(column, now->value - usual, displacement(column, symptom), evidence);
  evidence.reached = column.now[now->row] * column.unit;
  const std::size_t places = column.before.size() - symptom.window + 1;
  const std::size_t step = window_step(column.before.size(), symptom.window);
  std::size_t windows = 0, as_much = 0;
  double largest = 0;
  for (std::size_t from = 0; from < places; from += step) {
    const auto then = contrasts.at(column.before, from);
    if (!then || then->over_ahead != now->over_ahead) continue;
    ++windows;
    as_much += then->value >= now->value - kSame ? 1 : 0;
    largest = std::max(largest, then->value - usual);
  }
  if (windows < kWindows) return {};  // too rarely measured to be compared
  evidence.basis = SymptomEvidence::Basis::windows;
  evidence.chance = static_cast<double>(1 + as_much) / static_cast<double>(1 + windows);
  evidence.least = 1.0 / static_cast<double>(1 + windows);
  evidence.far_beyond = as_much == 0 && now->value - usual >= kFarBeyond * largest;
  return evidence;
}

/// Held movement in one direction, in units of the column; nothing when nothing was measured.
std::optional<double> held_movement(const PairedColumn& column, std::span<const double> values,
                                    int direction) {
  std::vector<double> moved;
  for (const double value : values)
    if (!std::isnan(value)) moved.push_back((value - column.baseline.median) * direction);
  if (moved.empty()) return std::nullopt;
  return held(std::move(moved));
}

std::vector<double> block_movements(const PairedColumn& column, const std::vector<double>& values,
                                    const Symptom& symptom) {
  std::vector<double> blocks;
  for (std::size_t from = 0; from + symptom.block <= values.size(); from += symptom.block)
    if (const auto moved = held_movement(column, std::span(values).subspan(from, symptom.block),
                                         symptom.direction))
      blocks.push_back(settled(*moved));
  return blocks;
}

SymptomEvidence against_blocks(const PairedColumn& column, const Symptom& symptom) {
  SymptomEvidence evidence;
  if (column.baseline.count == 0) return evidence;
  const auto now = held_movement(column, column.now, symptom.direction);
  if (!now) return evidence;
  weigh(column, *now, 0, evidence);
  evidence.reached = (column.baseline.median + *now * symptom.direction) * column.unit;
  const auto before = block_movements(column, column.before, symptom);
  const auto blocks = block_movements(column, column.now, symptom);
  evidence.least = least_chance(before.size(), blocks.size());
  if (evidence.least > kBlockChance) return evidence;
  evidence.basis = SymptomEvidence::Basis::blocks;
  evidence.chance = precedence_chance(before, blocks);
  evidence.far_beyond = evidence.chance <= kBlockChance && evidence.spreads >= kOutlier;
  return evidence;
}

void find_rows(const PairedColumn& target, Symptom& symptom) {
  double low = 0, high = 0;
  bool any = false;
  for (const double value : target.now) {
    if (std::isnan(value)) continue;
    const double harm = value * symptom.direction;
    low = any ? std::min(low, harm) : harm;
    high = any ? std::max(high, harm) : harm;
    any = true;
  }
  symptom.rows.clear();
  symptom.ahead.clear();
  const double middle = low / 2 + high / 2;
  for (std::size_t row = 0; row < target.now.size(); ++row)
    if (target.now[row] * symptom.direction >= middle) symptom.rows.push_back(row);
  if (!symptom.rows.empty())
    for (std::size_t row = 0; row < symptom.rows.front(); ++row) symptom.ahead.push_back(row);
}

}  // namespace

std::optional<int> harmful_direction(std::string_view metric) {
  if (has_word(metric, {"error", "fail", "timeout", "reject", "drop", "loss", "5xx", "4xx"}))
    return 1;
  if (is_additive_time(metric)) return 1;
  if (has_word(metric, {"avail", "success", "uptime", "apdex", "health", "ready", "good"}))
    return -1;
  return std::nullopt;
}

bool is_additive_time(std::string_view metric) {
  return has_word(metric, {"latency", "lat_", "lat-", "duration", "response_time", "delay"}) ||
         to_lower_ascii(metric) == "lat";
}

Symptom symptom_of(const PairedColumn& target, std::size_t rows_before, std::size_t rows_now) {
  Symptom symptom;
  symptom.window = rows_now;
  symptom.by_windows = by_windows(rows_before, rows_now);
  symptom.block = block_rows(rows_before, rows_now);
  if (const auto stated = harmful_direction(target.name.metric)) {
    symptom.direction = *stated;
    find_rows(target, symptom);
    return symptom;
  }
  find_rows(target, symptom);
  auto other = symptom;
  other.direction = -1;
  find_rows(target, other);
  const auto up = evidence_of(target, symptom), down = evidence_of(target, other);
  const bool rarer =
      down.chance < up.chance || (down.chance == up.chance && down.spreads > up.spreads);
  return rarer ? other : symptom;
}

SymptomEvidence evidence_of(const PairedColumn& column, const Symptom& symptom) {
  if (column.now.empty() || column.before.empty() || symptom.rows.empty()) return {};
  return symptom.by_windows ? against_windows(column, symptom) : against_blocks(column, symptom);
}

}  // namespace nines::rca
