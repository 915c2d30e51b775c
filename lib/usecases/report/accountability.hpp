// Who is accountable, answered by systems and owners of change; and one page for executives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/postmortem/model.hpp"
#include "usecases/report/factors.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// One condition, the system it lies in, and who owns the change of it.
struct Owned {
  ContributingFactor factor;
  std::vector<std::string> services;  ///< of the incident, where the factor names none of them
  std::vector<std::string> owners;    ///< teams, from the catalogue
  std::string action;                 ///< "ACT-3", or words; empty: nothing is decided
  std::string title;
  std::string due;    ///< YYYY-MM-DD; empty: no day
  std::string state;  ///< of the action; empty without one
};

struct Accountability {
  incident::Incident incident;
  std::vector<Owned> owned;
  std::vector<nines::postmortem::BlameRequest> requests;  ///< by time
  std::string answer;  ///< what is said to somebody who asks for a name
};
NINES_EXPORT Accountability accountability(const Session& session,
                                           const std::optional<std::string>& incident);

struct BlameAsked {
  std::optional<std::string> incident = {};
  std::string by;    ///< who asked
  std::string text;  ///< what they asked
};
/// Records that somebody asked for an individual, with the answer. Throws Error{not_found} without
/// a postmortem to record it with, usage without words.
NINES_EXPORT Accountability answer_blame(Session& session, const BlameAsked& asked, bool dry_run);

/// What an executive can use in one page.
struct ExecutivePage {
  incident::Incident incident;
  std::string summary;  ///< of the postmortem; empty: nobody has written one
  struct Elsewhere {
    std::string condition;
    std::string where;  ///< "INC-2 of search, 2026-08-03", "cart: never drilled"
  };
  std::vector<Elsewhere> elsewhere;  ///< the same condition in other incidents and services
  struct Decision {
    std::string text;
    std::string because;  ///< why nobody else can take it
  };
  std::vector<Decision> decisions;
  struct Dated {
    std::string action, title, owner, due;
    bool late = false;
  };
  std::vector<Dated> dated;  ///< owned and dated already, by day
};
NINES_EXPORT ExecutivePage executive_page(const Session& session,
                                          const std::optional<std::string>& incident);

}  // namespace nines::usecases
