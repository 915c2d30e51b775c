// Finds what looks like a secret in text, and takes it out before the text is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nines {

struct Redacted {
  std::string text;                ///< each secret replaced by "[redacted: KIND]"
  std::vector<std::string> kinds;  ///< of each that was taken out, in the order of the rules
};

/// Keys of cloud providers and forges, private keys, bearer tokens, passwords in URLs, and values
/// of names that end like a secret (password, token, api_key). A secret that is shaped like
/// ordinary text cannot be known: this is a net, not a proof. `cut` says that the text ends where
/// it was cut off: then its last line, which may hold half of a secret, goes too.
Redacted redact_secrets(std::string_view text, bool cut = false);

/// The kind of the first secret found; empty when none is.
std::string secret_in(std::string_view text);

}  // namespace nines
