// Asks that a team did not answer in time go through that team's own escalation policy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/model.hpp"
#include "usecases/paging/pager.hpp"
#include "usecases/paging/policies.hpp"
#include "usecases/problems.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// What came of looking at one ask that is overdue.
struct AskAdvance {
  incident::Ask ask;  ///< as it is afterwards
  std::string incident;
  std::vector<incident::Occurrence> occurred;
  std::vector<incident::Page> pages;  ///< as they ended; intended or simulated in a dry run
  std::optional<Instant> wake;
  std::string problem;  ///< why it cannot be passed on, or what could not be recorded
};

/// Takes every ask to a team that nobody acknowledged in time as far as the time allows: recorded
/// with the pages in one transaction, then sent, as an escalation is. Doing it again at once does
/// nothing. One that cannot be looked at is put down in `problems`, and the others go on.
std::vector<AskAdvance> advance_asks(Session& session, PolicyBook& book, const Pager& pager,
                                     Problems& problems, bool dry_run);

/// Whom silence leads to.
struct AskOutlook {
  std::string ask;  ///< "ASK-3"
  std::optional<Instant> at;
  std::vector<std::string> people;
  std::string problem;  ///< why it leads to nobody
};
/// Of the asks to teams that wait for a word. Looks only.
NINES_EXPORT std::vector<AskOutlook> ask_outlooks(const Session& session,
                                                  const std::vector<incident::Ask>& asks);

}  // namespace nines::usecases
