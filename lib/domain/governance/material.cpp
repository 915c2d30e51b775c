// Look-ups that every part of the report needs, and words they share.
#include "domain/governance/material.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/governance/parts.hpp"

namespace nines::governance {

std::optional<double> IncidentCase::bad_minutes() const {
  std::optional<double> most;
  for (const auto& loss : losses)
    if (loss.bad_minutes) most = std::max(most.value_or(0), *loss.bad_minutes);
  return most;
}

bool is_incident(const incident::Incident& head) {
  using incident::Outcome;
  return head.counts() && head.into.empty() && head.outcome != Outcome::false_alarm &&
         head.outcome != Outcome::cancelled && head.outcome != Outcome::declined &&
         head.outcome != Outcome::duplicate && head.outcome != Outcome::merged;
}

std::vector<const IncidentCase*> Material::opened_in(const ReportPeriod& within) const {
  std::vector<const IncidentCase*> found;
  for (const auto& one : incidents)
    if (one.record.head.opened_at >= within.span.from && one.record.head.opened_at < within.span.to)
      found.push_back(&one);
  return found;
}

std::string Material::incident_name(const std::optional<Uid>& uid) const {
  if (!uid) return {};
  for (const auto& one : incidents)
    if (one.record.head.uid == *uid) return one.record.head.name;
  return {};
}

std::string day_text(Instant at) { return format_utc(at).substr(0, 10); }

std::string percent_of(double share, int digits) {
  return fmt::format("{:.{}f} %", share * 100, digits);
}

std::string incident_title(const incident::Incident& incident) {
  return incident.name + " " + incident.title;
}

std::vector<Part> all_parts(const Material& material) {
  return {part_of_decisions(material),   part_of_slos(material),       part_of_contracts(material),
          part_of_incidents(material),   part_of_recurrence(material), part_of_risks(material),
          part_of_remediation(material), part_of_changes(material),    part_of_detection(material),
          part_of_readiness(material),   part_of_duties(material),     part_of_caveats(material)};
}

}  // namespace nines::governance
