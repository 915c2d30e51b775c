// The assessment policy in force: the one that is named, or the only one.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "domain/incident/assess_policy.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

using Policies = std::map<std::string, incident::AssessPolicy, std::less<>>;

/// Those that are applied, by name.
Policies applied_policies(const Session& session);

/// The one called "default", or the only one; none where it is not clear which. For what must go on
/// at three in the morning whatever was applied.
std::optional<incident::AssessPolicy> sole_policy(const Policies& policies);
/// The named policy, else the sole one. Nothing when none is applied and none was named. Throws
/// Error{not_found} for an unknown name, and with the candidates when several may be meant.
std::optional<incident::AssessPolicy> find_policy(const Policies& policies,
                                                  const std::optional<std::string>& name);
/// Throws Error{not_found} when there is none.
incident::AssessPolicy require_policy(const Policies& policies,
                                      const std::optional<std::string>& name);

}  // namespace nines::usecases
