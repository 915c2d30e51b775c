// Rare or not, by windows, by blocks, or by size alone.
#include "domain/rca/rank/suspect.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/rca/rank/calibration.hpp"

namespace nines::rca {

bool is_rare(const SymptomEvidence& evidence, double asked) {
  switch (evidence.basis) {
    case SymptomEvidence::Basis::windows:
      return evidence.chance <= std::max(asked, evidence.least);
    case SymptomEvidence::Basis::blocks:
      return evidence.chance <= std::min(asked, kBlockChance);
    case SymptomEvidence::Basis::none:
      return evidence.measured && evidence.spreads >= kFarOutside;
  }
  return false;
}

std::string rarity(const SymptomEvidence& evidence) {
  switch (evidence.basis) {
    case SymptomEvidence::Basis::windows:
      return fmt::format("{:.2g} % of baseline windows move as much", 100 * evidence.chance);
    case SymptomEvidence::Basis::blocks:
      return fmt::format("chance {:.2g} against the baseline's blocks", evidence.chance);
    case SymptomEvidence::Basis::none:
      return "the baseline is too short to tell how rare that is";
  }
  return {};
}

bool has_moved(const SymptomEvidence& evidence) {
  return is_rare(evidence, kMovedChance) && evidence.spreads >= kLeastSpreads;
}

bool stands_out(const Suspect& suspect) {
  return suspect.moved && is_rare(suspect.evidence, kLinkedChance) &&
         suspect.evidence.spreads >= kOutlier;
}

bool is_linked(const Suspect& suspect) {
  switch (suspect.place.role) {
    case CascadePlace::Role::root:
    case CascadePlace::Role::on_path:
      return suspect.moved && is_rare(suspect.evidence, kLinkedChance);
    case CascadePlace::Role::behind_gap:
      return true;
    case CascadePlace::Role::called:
    case CascadePlace::Role::not_called:
      return false;
  }
  return false;
}

}  // namespace nines::rca
