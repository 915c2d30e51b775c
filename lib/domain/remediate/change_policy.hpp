// Who must agree to a change, by its risk; what counts how much; which changes are agreed already.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "domain/catalog/week_window.hpp"
#include "domain/remediate/change_request.hpp"
#include "domain/remediate/change_risk.hpp"

namespace nines::remediate {

/// From this score on.
struct ConsentRule {
  Decimal from_score;
  std::string by;  ///< "none", "peer", "cab"
  int count = 1;

  friend bool operator==(const ConsentRule&, const ConsentRule&) = default;
};

/// A change that was agreed once and for all.
struct StandardModel {
  std::string name;
  std::string description;
  std::vector<std::string> services;  ///< empty: any

  friend bool operator==(const StandardModel&, const StandardModel&) = default;
};

struct ChangePolicy {
  std::string name;
  std::string description;
  RiskWeights weights = default_risk_weights();
  std::vector<ConsentRule> consent = {{Decimal{}, "peer", 1}, {Decimal(60, 0), "cab", 2}};
  std::vector<std::string> cab;  ///< names; empty: any two others are the board
  Micros review_within = std::chrono::days{2};
  std::vector<StandardModel> models;
  std::string zone = {};  ///< of the calm hours
  std::vector<catalog::WeekWindow> calm = {};

  const StandardModel* find_model(std::string_view model) const;
  friend bool operator==(const ChangePolicy&, const ChangePolicy&) = default;
};

/// What a change of this type and score takes: nothing for a standard one, one other person for an
/// emergency, else the last rule whose score it reaches.
Consent consent_for(const ChangePolicy& policy, ChangeType type, double score);

}  // namespace nines::remediate
