// Announcing maintenance, so that the ledger knows planned downtime from trouble.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/catalog/change.hpp"
#include "domain/slo/window.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct MaintenanceItem {
  catalog::Maintenance maintenance;
  std::vector<slo::Period> next;  ///< up to three occurrences that are not over
};

/// "1w", "2d", "1M": how often it comes back. Throws Error{usage}.
NINES_EXPORT catalog::Recurrence read_recurrence(std::string_view text, Instant start,
                                                 std::string_view zone,
                                                 std::optional<Instant> until);

/// Throws Error{usage} when the end is not after the start, or a recurrence is shorter than it
/// lasts.
NINES_EXPORT MaintenanceItem announce_maintenance(Session& session,
                                                  catalog::Maintenance maintenance, bool dry_run);
/// By first start; those that are over only when asked for.
NINES_EXPORT std::vector<MaintenanceItem> list_maintenance(const Session& session, bool all);
/// Occurrences that start from `from` on do not take place. Throws Error{not_found}, and
/// Error{conflict} when nothing is left to cancel.
NINES_EXPORT MaintenanceItem cancel_maintenance(Session& session, std::string_view name,
                                                Instant from, bool dry_run);

}  // namespace nines::usecases
