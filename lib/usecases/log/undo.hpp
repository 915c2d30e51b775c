// Taking back a command, and bringing it again: compensating events, never edits of the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// The command that was (or would be) taken back or brought again.
struct Reverted {
  std::string tx;
  std::int64_t number = 0;  ///< of its first event: "#17"
  std::string command;      ///< "slo apply"
  std::string actor;
  std::string because;
  Instant recorded_at{};
  std::vector<std::string> subjects;  ///< as people call them
  std::size_t events = 0;
  bool dry_run = false;
};

/// Takes back the command that `event` belongs to, or the newest of this replica that is not
/// undone. Throws Error: not_found (nothing to undo), conflict (undone already, or a later event
/// touched the same fields), needs_approval (it can never be taken back).
NINES_EXPORT Reverted undo(Session& session, const std::optional<std::string>& event, bool dry_run);

/// Brings again the command that was undone last, or the one that `event` belongs to.
/// Throws as `undo`.
NINES_EXPORT Reverted redo(Session& session, const std::optional<std::string>& event, bool dry_run);

}  // namespace nines::usecases
