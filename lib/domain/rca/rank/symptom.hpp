// How a column moved in the rows of a symptom, beside how often the baseline moves as much.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/rca/rank/movement.hpp"

namespace nines::rca {

/// +1 when more of it is worse (latency, errors), -1 when less is (availability); by the words in
/// its name. Nothing for load, memory and the like.
std::optional<int> harmful_direction(std::string_view metric);

/// Time a service spends waiting for others is part of its own: a latency, a duration.
bool is_additive_time(std::string_view metric);

struct Symptom {
  int direction = 1;
  /// Rows in which the target is beyond the middle of its lowest and highest value.
  std::vector<std::size_t> rows;
  std::vector<std::size_t> ahead;  ///< the rows before the first of them
  std::size_t window = 0;          ///< rows of the incident
  /// Each window of the baseline is asked the same question; otherwise both are cut into blocks.
  bool by_windows = false;
  std::size_t block = 1;  ///< rows of a block
};

/// What one column did in a symptom.
struct SymptomEvidence {
  enum class Basis { windows, blocks, none };
  Basis basis = Basis::none;      ///< none: nothing to compare with, or nothing measured
  bool measured = false;          ///< now and before
  double chance = 1;              ///< share of the baseline that moves as much
  double least = 1;               ///< the smallest chance there could be
  double spreads = 0;             ///< movement in the harmful direction, in usual spreads
  double relative = 0;            ///< the same as a share of the usual level
  bool far_beyond = false;        ///< half as much again as anything in the baseline
  double usual = 0, reached = 0;  ///< as measured
};

/// Rows of the symptom of `target`, in a baseline and an incident of so many rows. When the name
/// does not tell the harmful direction, the one that is rarer in the baseline is taken.
Symptom symptom_of(const PairedColumn& target, std::size_t rows_before, std::size_t rows_now);

SymptomEvidence evidence_of(const PairedColumn& column, const Symptom& symptom);

}  // namespace nines::rca
