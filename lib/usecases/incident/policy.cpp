// Reads the policies on record, and picks one.
#include "usecases/incident/policy.hpp"

#include "base/error.hpp"
#include "store/definitions.hpp"
#include "yaml/assessment_policy.hpp"

namespace nines::usecases {

Policies applied_policies(const Session& session) {
  Policies policies;
  for (const auto& stored : store::definitions(session.store()))
    if (stored.kind == "AssessmentPolicy")
      if (auto policy = yaml::assessment_policy_from(stored.document))
        policies.emplace(stored.name, std::move(*policy));
  return policies;
}

std::optional<incident::AssessPolicy> find_policy(const Policies& all,
                                                  const std::optional<std::string>& name) {
  if (name) {
    if (const auto found = all.find(*name); found != all.end()) return found->second;
    Error error(ExitCode::not_found, "no AssessmentPolicy '" + *name + "' is applied",
                all.empty() ? "nines slo apply FILE applies one" : "one of those below",
                "NO_POLICY");
    for (const auto& [known, policy] : all) error.note(known + "  " + policy.description);
    throw error;
  }
  if (auto sole = sole_policy(all)) return sole;
  if (all.empty()) return std::nullopt;
  Error error(ExitCode::not_found, "several AssessmentPolicies are applied, and none is 'default'",
              "--policy NAME chooses one", "SEVERAL_POLICIES");
  for (const auto& [known, policy] : all) error.note(known + "  " + policy.description);
  throw error;
}

std::optional<incident::AssessPolicy> sole_policy(const Policies& all) {
  if (const auto found = all.find("default"); found != all.end()) return found->second;
  return all.size() == 1 ? std::optional(all.begin()->second) : std::nullopt;
}

incident::AssessPolicy require_policy(const Policies& all, const std::optional<std::string>& name) {
  if (auto policy = find_policy(all, name)) return std::move(*policy);
  throw Error(
      ExitCode::not_found, "no AssessmentPolicy is applied",
      "write one (nines-slo(5), AssessmentPolicy), then nines slo apply FILE --because TEXT",
      "NO_POLICY");
}

}  // namespace nines::usecases
