// What people were reminded of, so that each thing that falls due is said once.
#pragma once

#include <string>
#include <vector>

#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "reminder/<uid>", the uid made from what it is about and when it fell due.
const Aggregate& reminder_aggregate();

struct Reminder {
  std::string kind;   ///< "review", "stale-data", "contract", "update", "called"
  std::string about;  ///< "SLO checkout-availability", "INC-42"
  std::string what;
  Instant due;
  std::string to = {};  ///< who is told besides; empty: it is only shown
  std::string channel = {};
  std::string result = {};  ///< "intended", "sent", "failed", "simulated", "unresolved"
  std::string why = {};
};

/// Shown; and recorded as intended before it is sent to anybody.
log::NewEvent reminder_given(const Reminder& reminder);
/// What came of sending it.
log::NewEvent reminder_ended(const Reminder& reminder);
bool was_given(const Store& store, const Reminder& reminder);

/// Recorded before it was sent, at `since`, and nothing came of it yet.
struct IntendedReminder {
  Reminder reminder;
  Instant since;
};
/// By time.
std::vector<IntendedReminder> intended_reminders(const Store& store);
bool is_intended(const Store& store, const Reminder& reminder);

}  // namespace nines::store
