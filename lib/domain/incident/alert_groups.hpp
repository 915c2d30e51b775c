// Which alerts belong together: by the group their source gave them, by service, by dependency.
//
// Three rules link an alert to a group, the strongest first:
//   alert-group       the same group key of the source (without one: the same alertname and
//                     service), starting while the group fires or soon after
//   alert-service     the same service, starting close in time
//   alert-dependency  a service that depends on it or that it depends on, close in time
// A group that people have seen as a proposal keeps its identity: it grows, and never merges with
// another such. Once they have decided about it, only the first rule adds to it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/incident/alert.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/service_graph.hpp"

namespace nines::incident {

struct GroupingRules {
  Micros together = std::chrono::minutes{5};  ///< between starts that are close in time
  Micros lull = std::chrono::minutes{30};     ///< without any firing, after which a group is over
  Micros longest = std::chrono::hours{24};    ///< a group that fires on takes no alert this late
  int steps = 3;                              ///< along the service graph
  bool by_service = true;                     ///< false once people turned the rule down
  bool by_dependency = true;
  bool attach_by_service = true;
  bool attach_by_dependency = true;
};

/// What an alert says to the one who groups it.
struct Member {
  Alert alert;
  std::string service;  ///< empty: not known
  Severity severity = Severity::undetermined;
};

enum class LinkRule { group, service, dependency };
std::string_view to_string(LinkRule rule);  ///< "alert-group"

/// Why a member is in its group.
struct GroupLink {
  LinkRule rule = LinkRule::group;
  std::string says;  ///< "DbDown of db started within 5m of checkout, checkout -> db"
};

struct AlertGroup {
  Uid uid{};                     ///< of its proposal; zeros for one that nobody has seen
  bool known = false;            ///< it was proposed before
  bool touched = true;           ///< something about it is new
  bool decided = false;          ///< by people: only what its source puts there may join it
  std::vector<Member> members;   ///< by start
  std::vector<GroupLink> links;  ///< of what is not linked by the first rule alone

  LinkRule weakest() const;
  Instant started() const;
  std::optional<Instant> ended() const;  ///< of the last to end; nothing while any fires
};

/// Joins each of `fresh` to the group it is linked to, or founds one. `known` come first in the
/// result, in their order.
std::vector<AlertGroup> group_alerts(std::vector<AlertGroup> known, std::vector<Member> fresh,
                                     const ServiceGraph& graph, const GroupingRules& rules);

/// The service that the labels name: the first of service, app, application, component and job
/// whose value is among `services`; else the value of `service`, known or not.
std::string service_of(const Labels& labels, const std::set<std::string, std::less<>>& services);

/// By the label severity, else priority or level: sev1 or p1 to sev5 or p5; emergency and fatal are
/// SEV-1, critical and page SEV-2, error, high and warning SEV-3, minor and low SEV-4. What `words`
/// (in lower case) says goes before.
using SeverityWords = std::map<std::string, Severity, std::less<>>;
Severity severity_of(const Labels& labels, const SeverityWords& words = {});
/// Severity none, info or debug: not worth an incident, whatever it says, unless `words` has it.
bool is_informational(const Labels& labels, const SeverityWords& words = {});

}  // namespace nines::incident
