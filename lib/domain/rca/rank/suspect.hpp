// A service that may have caused a symptom, and what is asked of it.
#pragma once

#include <optional>
#include <string>

#include "domain/rca/rank/cascade.hpp"
#include "domain/rca/rank/symptom.hpp"

namespace nines::rca {

/// The symptom is asked the usual one in twenty, because what it depends on must have moved too: of
/// the many services that may have, one is asked one in two hundred. What then belongs to the
/// cascade is asked one in a hundred.
inline constexpr double kSymptomChance = 0.05;
inline constexpr double kLinkedChance = 0.005;
inline constexpr double kMovedChance = 0.01;
/// A movement must be at least one usual spread, however rare it is.
inline constexpr double kLeastSpreads = 1;

struct Suspect {
  std::string service;
  std::optional<std::size_t> column;  ///< of the target's own metric
  SymptomEvidence evidence;
  bool moved = false;
  bool in_graph = true;  ///< false: nobody tells whether the target calls it
  CascadePlace place;
  double key = 0;  ///< orders suspects of one tier
};

/// Whether so much is seen in at most `asked` of the baseline, or in as little as can be told.
bool is_rare(const SymptomEvidence& evidence, double asked);
/// "0.2 % of baseline windows move as much".
std::string rarity(const SymptomEvidence& evidence);

/// More than the baseline does by itself, with the symptom.
bool has_moved(const SymptomEvidence& evidence);
/// Enough to be looked at by itself, though nothing between it and the target moved.
bool stands_out(const Suspect& suspect);
/// Bears out that there is a symptom.
bool is_linked(const Suspect& suspect);

}  // namespace nines::rca
