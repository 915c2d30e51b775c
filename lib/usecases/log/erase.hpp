// Forgetting what an event said, for good, without breaking the chain.
#pragma once

#include <string>

#include "base/export.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Erased {
  std::int64_t number = 0;  ///< of the event here
  std::string event;        ///< "<replica>:<seq>"
  std::string kind;
  std::string subject;  ///< as people call it
  bool dry_run = false;
};

/// Removes the body and its salt from the file, its free pages included; the header with the body's
/// hash stays, so every chain still verifies, and the tables are folded without the event. Other
/// machines do the same when they sync. Never undone. Throws Error: not_found, needs_approval (no
/// reason given, a legal hold stands over the subject, or the event is about the log itself),
/// conflict (erased already).
NINES_EXPORT Erased erase_event(Session& session, const std::string& event, bool dry_run);

}  // namespace nines::usecases
