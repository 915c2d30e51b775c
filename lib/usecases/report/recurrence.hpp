// Incidents that share causes, over the whole record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/governance/recurrence.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RecurrenceQuery {
  std::optional<std::string> incident = {};  ///< only the group of this one
  std::optional<std::string> service = {};   ///< only groups with an incident of it
  std::optional<Instant> since = {};         ///< only groups with an incident since then
};

struct RecurrenceReport {
  std::vector<governance::SharedCause> causes;
  std::vector<governance::DebtItem> debt;  ///< of all incidents that were compared
  std::size_t compared = 0;
  std::size_t measured = 0;          ///< of them, those whose bad minutes are known
  std::optional<Instant> first;      ///< the oldest of them was opened
  std::optional<std::string> asked;  ///< name of the incident that was asked about
};

/// Drills, tests, duplicates and false alarms are not compared. Throws Error{not_found}.
NINES_EXPORT RecurrenceReport find_recurrence(const Session& session, const RecurrenceQuery& query);

}  // namespace nines::usecases
