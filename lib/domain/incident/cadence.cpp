// Intervals by severity, and the next deadline.
#include "domain/incident/cadence.hpp"

#include <algorithm>

namespace nines::incident {

std::optional<Micros> default_cadence(Severity severity) {
  using namespace std::chrono_literals;
  switch (severity) {
    case Severity::sev1:
      return 30min;
    case Severity::undetermined:
    case Severity::sev2:
      return 1h;
    case Severity::sev3:
      return 4h;
    case Severity::sev4:
      return 24h;
    case Severity::sev5:
      break;
  }
  return std::nullopt;
}

CadenceRule cadence_of(const AssessPolicy* policy, Severity severity) {
  if (policy != nullptr)
    for (const auto& one : policy->cadence)
      if (one.severity == severity) return {one.every, "policy " + policy->name};
  return {default_cadence(severity), "the default"};
}

std::optional<Instant> next_update_due(const Record& record, const std::vector<Message>& messages,
                                       const CadenceRule& rule) {
  const auto& head = record.head;
  const bool burns = head.status == Status::declared || head.status == Status::mitigated;
  if (!burns || !rule.every || head.mode == Mode::retrospective) return std::nullopt;
  auto last = head.opened_at;
  for (const auto& message : messages) last = std::max(last, message.when.at);
  return last + *rule.every;
}

bool tells_customers(std::string_view to) { return to == "status-page" || to == "customers"; }

}  // namespace nines::incident
