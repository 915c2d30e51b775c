// Whether an incident stands out from what the baseline does by itself: tests by ranks alone.
#pragma once

#include <cstddef>
#include <vector>

namespace nines::rca {

/// An incident is held against every window of its length in a baseline that has room for this many
/// side by side: fewer could not tell a chance of one in twenty.
inline constexpr std::size_t kWindows = 20;
bool by_windows(std::size_t before, std::size_t now);
/// How far apart such windows begin: 1, or more where that would cost too much.
std::size_t window_step(std::size_t before, std::size_t now);

/// A longer incident is cut into blocks, at least this many, and the baseline into blocks of the
/// same length, at least kWindows of them.
inline constexpr std::size_t kIncidentBlocks = 5;
/// Twice one in a hundred, for the two forms of the test below.
inline constexpr double kBlockChance = 0.02;
/// Rows per block; at least 1.
std::size_t block_rows(std::size_t before, std::size_t now);

/// The precedence test, without a distribution: the chance that so many of the blocks `now` exceed
/// all blocks `before` when all come from one process. A second form leaves out the highest tenth
/// of `before`, which may hold the beginning of the fault; the smaller of both is doubled
/// (Bonferroni). Order statistics of the hypergeometric distribution (Balakrishnan and Ng 2006).
double precedence_chance(std::vector<double> before, const std::vector<double>& now);

/// Rows that follow one another are alike, so that a chance counted over them is flattered: an
/// incident must also go this many times as far as the spells that the baseline itself has. Of a
/// baseline of few rows the spread is badly known, by the root of their number: below kEnoughRows
/// so much more is asked. Both lie far from faults (14 times and more on 20 labelled ones) and
/// above what stretches of normal operation do to one another there.
inline constexpr double kBeyondSpells = 2;
inline constexpr std::size_t kEnoughRows = 120;
double beyond_spells(std::size_t before);
/// The deviation that nine in ten of such stretches of the baseline stay within: the highest tenth
/// may hold the beginning of the fault. 0 without any.
double usual_spell(std::vector<double> stretches);

/// The smallest chance that the test can give for so many blocks.
double least_chance(std::size_t before, std::size_t now);

}  // namespace nines::rca
