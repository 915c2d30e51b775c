// Whether a change may go out: from the store, or from a signed snapshot of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/signature.hpp"
#include "domain/remediate/gate.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct GateQuery {
  std::optional<std::string> policy = {};  ///< empty: "default", or the only one
  nines::remediate::GateRequest request = {};
};

struct GateResult {
  nines::remediate::BudgetPolicy policy;
  nines::remediate::GateRequest request;
  nines::remediate::GateVerdict verdict;
  std::vector<nines::remediate::GateOverride> overrides;  ///< of the policy, live ones
  Instant facts_at;
  std::string signer;    ///< name of the key of the snapshot; empty: read from the store
  std::string too_old;   ///< why the snapshot as a whole does not count; empty: it does
};

/// Throws Error{not_found}: no policy, an unknown one, an unknown service.
NINES_EXPORT GateResult run_gate(const Session& session, const GateQuery& query);

struct SignedStatus {
  std::string text;
  std::string signer;      ///< name of the key
  std::string public_key;  ///< base64: what others hold it against
};
/// The applied policies and what they are judged by, signed (C2SP signed-note): a first line
/// "nines.dev/status/<store>", then one line of JSON. Throws Error{config} without a key.
NINES_EXPORT SignedStatus export_status(const Session& session,
                                        const std::filesystem::path& key_file);

/// Keys that a snapshot is held against: base64 or hex of 32 bytes, or a file that holds it.
/// Throws Error{usage}.
NINES_EXPORT PublicKey parse_public_key(const std::string& text, const std::filesystem::path& cwd);

/// The keys that are known without a word: those of the store that `options` names, if there is
/// one, and the user's own.
NINES_EXPORT std::vector<PublicKey> trusted_keys(const SessionOptions& options,
                                                 const std::filesystem::path& key_file);

/// The same from a snapshot. Throws Error{bad_data} for what is none, is unsigned, is signed by
/// none of `keys`, or badly.
NINES_EXPORT GateResult run_gate_on(const std::filesystem::path& snapshot,
                                    const std::vector<PublicKey>& keys, const GateQuery& query,
                                    Instant now);

struct GateOverrideRequest {
  std::optional<std::string> policy = {};
  std::vector<std::string> rules = {};  ///< "over-budget", "freeze christmas"; empty: all rules
  std::vector<std::string> services = {};
  Instant until;
};
/// The reason is the session's. Throws Error: usage (an end that is over or too late), not_found.
NINES_EXPORT nines::remediate::GateOverride override_gate(Session& session,
                                                          const GateOverrideRequest& request,
                                                          bool dry_run);

}  // namespace nines::usecases
