// What a group of alerts suggests to people: its title, its severity, whom it hurts, and why.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/incident/alert_groups.hpp"
#include "domain/incident/proposal.hpp"

namespace nines::incident {

struct GroupWords {
  std::string title;                           ///< one line, at most 200 bytes
  Severity severity = Severity::undetermined;  ///< the worst of its alerts
  std::vector<std::string> services;           ///< the one most affected first
  std::vector<Evidence> evidence;
};
GroupWords words_of(const AlertGroup& group, const ServiceGraph& graph, const GroupingRules& rules);

/// "HighErrorRate (instance=web-1) fires: half of the requests fail" as a line of a timeline.
std::string fires_text(const Alert& alert);
std::string ends_text(const Alert& alert);
/// The same of many alerts of one name: "HighErrorRate fires: 1,204 alerts of that name in all".
std::string fires_text(std::string_view alertname, std::size_t count);
std::string ends_text(std::string_view alertname, std::size_t count);

/// An incident that a group may belong to.
struct OpenIncident {
  std::string subject;  ///< "incident/<uid>"
  std::string name;     ///< "INC-4"
  std::vector<std::string> services;
  Instant from;  ///< its earliest milestone, or when it was opened
};

struct Attachment {
  std::size_t incident = 0;  ///< index
  std::string rule;          ///< "attach-service" or "attach-dependency"
  Evidence evidence;
};
/// The open incident that one of the group's services is hurt by, or depends on, or feeds; the same
/// service before a dependency, the newest before older ones. Alerts that began more than an hour
/// before it do not belong to it.
std::optional<Attachment> find_attachment(const AlertGroup& group,
                                          std::span<const OpenIncident> open,
                                          const ServiceGraph& graph, const GroupingRules& rules);

}  // namespace nines::incident
