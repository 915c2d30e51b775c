// Action items: added, changed, listed; who may do them, and how fast their team closes such work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/remediate/action.hpp"
#include "domain/remediate/closing_history.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

using ActionFields =
    std::map<std::string, std::string, std::less<>>;  ///< by remediate::field names

struct ActionRequest {
  std::optional<std::string> incident = {};
  ActionFields fields;  ///< the title is required
};

/// An action with what the record says about it.
struct ActionView {
  nines::remediate::Action action;  ///< without a name when nothing was written
  std::optional<incident::Incident> incident = std::nullopt;
  std::vector<nines::remediate::Weakness> weaknesses = {};
  /// Services and files it is about that its team does not own, each with the team that does: nobody else
  /// can change them. Empty where the catalogue knows no owner.
  std::map<std::string, std::string> owned_by_others = {};
  std::optional<nines::remediate::ClosingHistory> history = std::nullopt;  ///< of its team
};

/// Services, where none are given, are the incident's; the team is the one that owns the first of
/// them, else the first of its files by CODEOWNERS; the day follows from the incident's severity. With a factor that names no action yet, the
/// factor is given this one. Throws Error: usage (a field that cannot be read), not_found.
NINES_EXPORT ActionView add_action(Session& session, const ActionRequest& request, bool dry_run);

struct ActionChange {
  std::string action;
  ActionFields fields;  ///< an empty value takes the field away
  std::optional<nines::remediate::ActionState> state = {};
  std::string because = {};  ///< required for not-doing and superseded
};
/// Throws Error{usage} when nothing is to be set, or a state lacks its reason.
NINES_EXPORT ActionView set_action(Session& session, const ActionChange& change, bool dry_run);

NINES_EXPORT ActionView show_action(const Session& session, const std::string& name);

/// Services and files of the action that its team does not own, each with the team that does.
std::map<std::string, std::string> owned_by_others(const Session& session,
                                                   const nines::remediate::Action& action,
                                                   const Catalogue& catalogue);

struct ActionQuery {
  std::vector<nines::remediate::ActionState> states = {};  ///< empty: those that are not closed
  bool all = false;
  bool overdue = false;
  std::optional<std::string> team = {};
  std::optional<std::string> incident = {};
  std::optional<std::string> service = {};
};
struct ListedAction {
  nines::remediate::Action action;
  std::string incident;  ///< name; empty: of none
};
/// Those that must be done first, then by due day, those without one last.
NINES_EXPORT std::vector<ListedAction> list_actions(const Session& session,
                                                    const ActionQuery& query);

}  // namespace nines::usecases
