// Finds the rule that a score falls under.
#include "domain/remediate/change_policy.hpp"

#include <algorithm>

namespace nines::remediate {

const StandardModel* ChangePolicy::find_model(std::string_view model) const {
  const auto found = std::find_if(models.begin(), models.end(),
                                  [&](const StandardModel& one) { return one.name == model; });
  return found == models.end() ? nullptr : &*found;
}

Consent consent_for(const ChangePolicy& policy, ChangeType type, double score) {
  if (type == ChangeType::standard) return {"none", 0, {}};
  if (type == ChangeType::emergency) return {"peer", 1, {}};
  const ConsentRule* last = nullptr;
  for (const auto& rule : policy.consent)
    if (score >= rule.from_score.to_double() &&
        (last == nullptr || rule.from_score >= last->from_score))
      last = &rule;
  if (last == nullptr) return {"peer", 1, {}};
  if (last->by == "none") return {"none", 0, {}};
  return {last->by, last->count,
          last->by == "cab" ? policy.cab : std::vector<std::string>{}};
}

}  // namespace nines::remediate
