// Who the person at the command line is, and which approvals must be signed here.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"

namespace nines::usecases {

struct Setting;

/// From the person's own configuration; a repository cannot set it.
struct Identity {
  std::string principal;      ///< as allowed_signers calls this person: "ada@example.org"
  std::filesystem::path key;  ///< SSH key to sign with; a public one asks the agent
};

/// From the repository's configuration, mostly.
struct ApprovalRules {
  std::filesystem::path allowed_signers;  ///< see ssh-keygen(1); empty: keys are held against none
  std::filesystem::path revoked_keys;     ///< a list of keys, or a KRL; empty: none
  std::vector<std::string> required;      ///< of approval_sorts(): those that must be signed
  std::optional<Micros> valid_for;        ///< how long an approval counts
  std::string origin;                     ///< where `required` stands: ".nines.yaml:4"
  std::map<std::string, std::string, std::less<>> env;  ///< what ssh-keygen gets

  bool requires_signed(std::string_view sort) const;
};

/// What approvals are of: "change", "override", "publish", "decision".
NINES_EXPORT std::vector<std::string_view> approval_sorts();

using SettingLookup = std::function<std::optional<Setting>(std::string_view key)>;
NINES_EXPORT Identity identity_from(const SettingLookup& setting);
/// Throws Error{config} when something must be signed and no file says by whom.
NINES_EXPORT ApprovalRules approval_rules_from(const SettingLookup& setting);

}  // namespace nines::usecases
