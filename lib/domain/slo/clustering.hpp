// How much a count of events tells when bad ones come in bursts: the effective sample size.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/slo/measure.hpp"

namespace nines::slo {

/// Units of one day, or hour, that were really seen.
struct Block {
  double bad = 0;
  double total = 0;
};

struct Blocks {
  std::chrono::minutes length{0};  ///< a UTC day where the stretch touches seven, else an hour
  std::vector<Block> blocks;       ///< in order of time; the first and last may be cut short
};

Blocks blocks_of(const Measure& measure, std::int64_t from, std::int64_t to);

/// Requests inside one outage are not independent. The variance that a bootstrap of whole blocks
/// would show is sum (bad_k - p n_k)^2 / N^2 (its delta method; no drawing, so no seed), and
/// effective = p (1 - p) / variance, never more than the units seen.
struct Clustering {
  std::chrono::minutes block{0};
  std::size_t blocks = 0;  ///< that held units
  double effective = 0;
};

inline constexpr std::size_t kFewestBlocks = 7;

/// Empty with fewer than seven blocks, and when nothing, or all, was bad: then nothing can be told.
std::optional<Clustering> clustering_of(const Blocks& blocks);

/// By how much a weighted sum of bad rates varies more than its parts would if they failed
/// independently: at least 1. `factors` are what each part's bad rate is multiplied by.
double joint_spread(std::span<const Blocks> parts, std::span<const double> factors);

}  // namespace nines::slo
