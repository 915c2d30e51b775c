// Escalation policies on record, by name and version, and the one that is for an incident.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct PinnedPolicy {
  incident::EscalationPolicy policy;
  std::string version;  ///< SHA-256 of the document, hex
  std::string path;     ///< file it came from
};

/// Policies as they are now, and any earlier version that an escalation still runs by.
class PolicyBook {
 public:
  explicit PolicyBook(const Session& session);

  /// As it is now; null when there is none of that name.
  const PinnedPolicy* find(const std::string& name) const;
  /// The version an escalation began with; null when no revision has that digest.
  const PinnedPolicy* find(const std::string& name, const std::string& version);
  const std::deque<PinnedPolicy>& current() const { return current_; }

  /// The policy for an incident: one that names a service of it, else the one that the team of such
  /// a service names, else the only one without services. Null, with the reason, when there is none
  /// or no single one. Throws nothing.
  const PinnedPolicy* choose(const incident::Incident& incident, std::string& why) const;
  const PinnedPolicy* choose(const std::vector<std::string>& services, std::string& why) const;

  /// A policy that is on record only as a file: used instead of the recorded one of its name.
  void put(PinnedPolicy policy);

 private:
  const PinnedPolicy* policy_of_owner(const std::vector<std::string>& services,
                                      std::string& why) const;

  const Session& session_;
  std::deque<PinnedPolicy> current_;  ///< by name; addresses stay
  std::deque<PinnedPolicy> earlier_;
};

/// Reads one EscalationPolicy from a file, checked as `slo check` does. Throws Error{bad_data} with
/// the first error.
PinnedPolicy read_policy_file(const std::filesystem::path& file);

/// What names stand for, for one incident: duty from the rotas on record, roles from the incident.
incident::Surroundings surroundings_of(const Session& session, PolicyBook& book,
                                       const incident::Record& record);
/// The same for an incident that does not exist: nobody holds a role.
incident::Surroundings surroundings_of(const Session& session, PolicyBook& book);

}  // namespace nines::usecases
