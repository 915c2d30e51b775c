// The log's integrity, and the evidence that leaves the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "usecases/log/sync_place.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// One broken promise of the log.
struct AuditFault {
  std::int64_t number = 0;  ///< of the event on this machine; 0 = not about one event
  std::string event;
  std::string kind;
  std::string subject;
  std::string what;
};

enum class SignatureState { none, valid, unknown_key, bad };

/// How the log compares with an exported checkpoint.
struct AgainstCheckpoint {
  std::string origin;
  std::uint64_t size = 0;
  bool same_log = false;  ///< else only the heads of the replicas could be compared
  SignatureState signature = SignatureState::none;
  std::string signer;  ///< name of the key that holds
};

/// How the log compares with a place where replicas exchange.
struct AgainstPlace {
  std::size_t replicas = 0;    ///< whose logs are there
  std::size_t statements = 0;  ///< of replicas, about what they saw there
};

/// What the approvals in the log are worth by the rules in force here.
struct AuditSignatures {
  std::size_t proven = 0;    ///< by a key that allowed_signers gives to the principal
  std::size_t unheld = 0;    ///< the signature holds, and there is no list to hold the key against
  std::size_t claimed = 0;   ///< a claimed name
  std::size_t wanting = 0;   ///< of those, such as have to be signed here
};

struct AuditReport {
  std::uint64_t events = 0;
  std::uint64_t bodies = 0;
  std::uint64_t erased = 0;
  std::uint64_t left_out = 0;  ///< bodies that are at `left_at`, by the rule of this store
  std::string left_at = {};
  std::size_t replicas = 0;
  Hash256 root{};
  std::vector<AuditFault> faults;        ///< in the order of events
  std::vector<std::string> projections;  ///< tables that do not say what the log says
  std::optional<AgainstCheckpoint> against;
  std::optional<AgainstPlace> place = {};
  std::vector<std::string> unproven = {};  ///< contradictions that nobody signed
  AuditSignatures signatures = {};         ///< those that do not hold are faults
  bool intact() const { return faults.empty() && projections.empty(); }
};

struct AuditOptions {
  bool log_only = false;                               ///< leave the projections out
  std::optional<std::filesystem::path> against = {};   ///< a checkpoint file, or a sync folder
  std::optional<SyncPlace> place = {};                 ///< any place of nines sync
  std::optional<std::filesystem::path> key_file = {};  ///< the user's own key counts as known
};

/// Recomputes every chain, body hash and the tree; compares the projections with a new fold of the
/// log; and, with a checkpoint, proves that the log still begins with what was exported then. With
/// a place of nines sync, the logs there must be those here as far as both go, and what any
/// replica saw there must still be so. Throws Error{bad_data} when the checkpoint cannot be read.
NINES_EXPORT AuditReport audit_verify(const Session& session, const AuditOptions& options);

struct CheckpointOptions {
  std::filesystem::path key_file;  ///< signs with it when it exists
  bool new_key = false;            ///< make one, or replace it, and record its public half
};
struct CheckpointResult {
  std::string text;  ///< the signed note
  std::uint64_t size = 0;
  Hash256 root{};
  std::string signer;  ///< empty: unsigned
};
/// The log's head as a text that can be kept elsewhere. A session that may write records the key.
NINES_EXPORT CheckpointResult audit_checkpoint(Session& session, const CheckpointOptions& options);

struct ProofResult {
  std::string text;  ///< C2SP tlog-proof
  std::int64_t number = 0;
  std::string event;
  std::string kind;
  std::string subject;
  Json header;
  std::string salt;  ///< hex; empty when erased
  Json body;         ///< null when erased; SHA-256(salt || canonical body) is in the header
  std::uint64_t size = 0;
};
/// Throws Error{not_found}.
NINES_EXPORT ProofResult audit_prove(const Session& session, const std::string& event,
                                     const std::filesystem::path& key_file);

struct ProofCheck {
  bool holds = false;
  std::string why_not;
  Json header;  ///< of the proven event
  std::string origin;
  std::uint64_t size = 0;
  SignatureState signature = SignatureState::none;
  std::string signer;
};
/// Needs no store but for the keys it knows. Throws Error{bad_data} when the file is no proof.
NINES_EXPORT ProofCheck audit_check_proof(const Session& session,
                                          const std::filesystem::path& proof,
                                          const std::filesystem::path& key_file);

struct ExportResult {
  std::filesystem::path folder;
  std::uint64_t events = 0;
  std::uint64_t left_out = 0;  ///< of them, whose bodies are at a place and not here
  std::vector<std::pair<std::string, std::string>> files;  ///< name, SHA-256
};
/// Writes events.jsonl, checkpoint.txt and manifest.json to a new or empty folder. Throws
/// Error{cannot_create} when something is in it.
NINES_EXPORT ExportResult audit_export(const Session& session, const std::filesystem::path& folder,
                                       const std::filesystem::path& key_file);

std::string_view to_string(SignatureState state);  ///< "unsigned", "valid", "unknown-key", "bad"

}  // namespace nines::usecases
