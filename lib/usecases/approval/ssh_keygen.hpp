// Signs and verifies texts with SSH keys, by ssh-keygen(1).
#pragma once

#include <string>

#include "base/time.hpp"
#include "usecases/approval/rules.hpp"

namespace nines::usecases {

/// The armoured signature (SSHSIG) of the text. It never asks for a passphrase: such a key is used
/// through the agent. Throws Error{config} when there is no ssh-keygen, or the key cannot be used.
std::string ssh_sign(const Identity& identity, const ApprovalRules& rules, const std::string& text);

struct SshCheck {
  bool holds = false;  ///< the signature is one of this text
  bool known = false;  ///< and the key is the principal's, by allowed_signers
  std::string key;     ///< "SHA256:…"; empty when the signature does not hold
  std::string why;     ///< of what is not so
};
/// Whether the key was the principal's at `at`: the list's validity is held against that time, in
/// UTC. Never throws for a signature that is bad in any way, nor where there is no ssh-keygen.
SshCheck ssh_verify(const std::string& principal, const std::string& signature,
                    const std::string& text, Instant at, const ApprovalRules& rules);

}  // namespace nines::usecases
