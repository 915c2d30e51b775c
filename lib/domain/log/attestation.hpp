// Who stands behind an event, beyond the name that is claimed in it: a signature, or a review.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "domain/log/event.hpp"

namespace nines::log {

/// Travels in the event's body under "approval", so that any replica can hold it against the event
/// again.
struct Attestation {
  std::string principal;         ///< who, as `allowed_signers` names persons: "ada@example.org"
  std::optional<Instant> until;  ///< when it stops to count
  std::string signature;         ///< armoured SSHSIG over `signed_text`; empty: the name is claimed
};

/// What ssh-keygen calls the namespace: a signature made for something else is none.
inline constexpr std::string_view kApprovalNamespace = "approval@nines.dev";

/// Canonical JSON of all that is stood for: the event's kind, subject and time, what it says (but
/// for what the store adds: its number, the tool), who, and until when. The subject is a 128-bit
/// identity, the same on every replica.
std::string signed_text(std::string_view kind, std::string_view subject, Instant occurred_at,
                        const Json& body, const Attestation& attestation);

/// SHA-256, in hex, of what a body says but for what the store adds: names exactly what was asked
/// for or written, so that a word about it is a word about nothing else.
std::string said_digest(const Json& body);

void attest(Json& body, const Attestation& attestation);
std::optional<Attestation> attestation_of(const Json& body);

/// How well it is known who stands behind an event.
enum class ProofKind : std::uint8_t {
  claimed,         ///< a name that anybody could type
  signature,       ///< an SSH key that `allowed_signers` gives to the principal
  unknown_signer,  ///< the signature holds, and there is nothing to hold the key against
  review,          ///< a review elsewhere, as a file said it
  refused          ///< it does not count, see `why`
};
std::string_view to_string(ProofKind how);  ///< "claimed-name", "ssh-signature", …

struct Authentication {
  ProofKind how = ProofKind::claimed;
  std::string principal = {};  ///< empty: only the name is known
  std::string key = {};        ///< "SHA256:…" of the signature that holds
  std::string person = {};     ///< name in the catalogue of people; empty: not in it
  std::string review = {};     ///< where an imported review is
  std::optional<Instant> until = {};
  std::string why = {};          ///< of a refusal
  std::string imported_by = {};  ///< principal of who signed for a review; empty: a claimed name

  bool counts() const { return how != ProofKind::refused; }
  /// By a signature, of the person or of who brought their review: names need not be compared.
  bool proven() const {
    return how == ProofKind::signature || (how == ProofKind::review && !imported_by.empty());
  }
  friend bool operator==(const Authentication&, const Authentication&) = default;
};
/// "claimed name, not proven", "signed with SSH key SHA256:Tm1FP31tt+ni... as ada@example.org"; the
/// fingerprint is `whole` only where there is room.
std::string authentication_text(const Authentication& proof, bool whole = false);
Json to_json(const Authentication& proof);
/// Null: only the name is claimed.
Authentication authentication_from(const Json* json);

/// By principal, key or person: any of them that both have and share.
bool same_identity(const Authentication& a, const Authentication& b);

/// Who a person is: the claimed name, the identity that a machine gave it, and what proves it.
struct Who {
  std::string name;
  std::optional<Uid> actor;
  Authentication proof = {};

  /// Of two who proved who they are, the identities decide, whatever they are called. Else any of
  /// these is enough to be one person: the same identity, or the same name in any case.
  bool same_as(const Who& other) const;
  friend bool operator==(const Who&, const Who&) = default;
};

/// Whether a list of persons means this one: who proved who they are is called by that, and by no
/// other name.
bool is_named(const std::vector<std::string>& names, std::string_view claimed,
              const Authentication& proof);

}  // namespace nines::log
