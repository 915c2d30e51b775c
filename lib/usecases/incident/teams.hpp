// Several teams and one incident: who is asked what, who has answered, who should be asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/teams.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct TeamsView {
  incident::Incident incident;
  std::vector<incident::TeamShare> teams;
  std::vector<incident::Ask> asks;  ///< to teams, oldest first
};
NINES_EXPORT TeamsView incident_teams(const Session& session,
                                      const std::optional<std::string>& incident);

struct TeamAskRequest {
  std::optional<std::string> incident = {};
  std::string team;
  std::string text;
  Micros within;
};
struct TeamAsked {
  incident::Incident incident;
  incident::Ask ask;                         ///< without a name in a dry run
  bool team_is_known = true;                 ///< some service or definition names it
  std::string silence_leads_to_nobody = {};  ///< why, where nobody would be asked after the team
};
NINES_EXPORT TeamAsked ask_team(Session& session, const TeamAskRequest& request, bool dry_run);

/// Throws Error{not_found}, or Error{conflict} when it is acknowledged or done already.
NINES_EXPORT incident::Ask acknowledge_ask(Session& session, const std::string& ask, bool dry_run);
NINES_EXPORT incident::Ask finish_ask(Session& session, const std::string& ask,
                                      const std::string& outcome, bool dry_run);

}  // namespace nines::usecases
