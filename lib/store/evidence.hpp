// Evidence: bytes kept by their hash beside the log, and the events that say what they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/playbook.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "evidence/<uid>"; the event evidence.kept. The bytes are content: they stay on the
/// machine that kept them, and go for good when every event that names them is erased.
const Aggregate& evidence_aggregate();

inline constexpr std::size_t kMostEvidence = std::size_t{16} << 20;  ///< bytes of one piece

struct Evidence {
  Uid uid;
  Hash256 hash{};  ///< of the bytes as kept
  incident::EvidenceClass sort = incident::EvidenceClass::normal;
  std::int64_t size = 0;
  bool truncated = false;             ///< there was more
  std::vector<std::string> redacted;  ///< kinds of the secrets that were taken out
  std::string about;                  ///< "disk/space of INC-7"
  Instant kept_at;
};

log::NewEvent evidence_kept(const Evidence& evidence);
/// Keeps the bytes under their hash; call inside the transaction that appends the event. Throws
/// Error{usage} above kMostEvidence.
void keep_bytes(Db& db, const Hash256& hash, std::string_view bytes);

std::optional<Evidence> find_evidence(const Store& store, const Uid& uid);
/// Nothing when they are kept on another machine, or were erased. Throws Error{bad_data} when they
/// are not what their hash says.
std::optional<std::string> evidence_bytes(const Store& store, const Hash256& hash);

/// After an erasure: bytes that no event vouches for any more go. Does nothing while a log is
/// replayed into memory.
void drop_unnamed_evidence(Db& db, std::string_view subject);

}  // namespace nines::store
