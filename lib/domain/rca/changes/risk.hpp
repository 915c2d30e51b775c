// How risky a change looks by its size and by what it touches, whoever made it.
#pragma once

#include <string>

#include "domain/catalog/change.hpp"

namespace nines::rca {

struct ChangeRisk {
  double log_odds = 0;  ///< from ln 0.7 to ln 2; 0 when nothing is known
  std::string reason;
};

/// Size: (lines / 100)^0.15, from x0.7 to x1.5. Each flag x1.2: configuration, a schema or a list
/// of dependencies among what was touched, or more than 20 files.
ChangeRisk risk_of(const catalog::Change& change);

}  // namespace nines::rca
