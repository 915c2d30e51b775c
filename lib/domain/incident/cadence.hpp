// How often people must be told while an incident lasts, and when the next word is due.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/assess_policy.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

/// Something that was said to somebody outside the response.
struct Message {
  Uid uid;
  std::string name;  ///< "MSG-3"
  Uid incident;
  std::string to;       ///< "status-page", "stakeholders", "executives"
  std::string channel;  ///< "mail"; may be empty
  std::string text;
  std::string by;
  StatedTime when;
  Instant recorded_at;
};

/// SEV-1 every 30 minutes, SEV-2 and what is undetermined every hour, SEV-3 every four hours, SEV-4
/// every day, SEV-5 never: where the policy says nothing for a severity.
std::optional<Micros> default_cadence(Severity severity);

struct CadenceRule {
  std::optional<Micros> every;  ///< none: nobody waits for a word
  std::string from;             ///< "policy shop" or "the default"
};
CadenceRule cadence_of(const AssessPolicy* policy, Severity severity);

/// When the next update is due: one interval after the last message, or after the declaration. None
/// once it is resolved, before it is declared, for records made afterwards, and without a cadence.
std::optional<Instant> next_update_due(const Record& record, const std::vector<Message>& messages,
                                       const CadenceRule& rule);

/// Whether telling them is telling customers.
bool tells_customers(std::string_view to);

}  // namespace nines::incident
