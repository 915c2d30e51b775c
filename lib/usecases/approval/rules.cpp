// Reads identity and rules from the settings in force.
#include "usecases/approval/rules.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "usecases/config/settings.hpp"

namespace nines::usecases {
namespace {

constexpr std::array<std::string_view, 4> kApprovalSorts{"change", "override", "publish",
                                                         "decision"};

std::string text_of(const SettingLookup& setting, std::string_view key) {
  const auto found = setting(key);
  return found ? found->value : std::string();
}

}  // namespace

bool ApprovalRules::requires_signed(std::string_view sort) const {
  return std::find(required.begin(), required.end(), sort) != required.end();
}

std::vector<std::string_view> approval_sorts() {
  return {kApprovalSorts.begin(), kApprovalSorts.end()};
}

Identity identity_from(const SettingLookup& setting) {
  return {text_of(setting, "identity.principal"), text_of(setting, "identity.key")};
}

ApprovalRules approval_rules_from(const SettingLookup& setting) {
  ApprovalRules rules;
  rules.allowed_signers = text_of(setting, "approvals.allowed-signers");
  rules.revoked_keys = text_of(setting, "approvals.revoked-keys");
  if (const auto text = text_of(setting, "approvals.valid-for"); !text.empty())
    rules.valid_for = parse_duration(text);
  const auto required = setting("approvals.required");
  if (!required) return rules;
  rules.origin = required->origin;
  for (const auto sort : split(required->value, ',')) rules.required.emplace_back(trim(sort));
  if (rules.allowed_signers.empty())
    throw Error(ExitCode::config,
                "approvals must be signed (" + rules.origin + "), and nothing says by whom",
                "approvals.allowed-signers: a file of principals and SSH keys, see ssh-keygen(1)",
                "BAD_SETTING");
  return rules;
}

}  // namespace nines::usecases
