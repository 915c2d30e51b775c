// An incident told to one audience, from the record as it stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/incident/briefing.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Briefed {
  incident::Incident incident;
  std::vector<std::string> lines;
};
NINES_EXPORT Briefed brief_incident(const Session& session,
                                    const std::optional<std::string>& incident,
                                    incident::Audience audience, const Zone& zone);

/// What the lines for any audience are made from; keeps what BriefInput refers to.
class BriefSource {
 public:
  BriefSource(const Session& session, const incident::Incident& incident, const Zone& zone);

  const incident::Record& record() const { return record_; }
  const std::vector<incident::Ask>& asks() const { return asks_; }
  incident::BriefInput input() const;

 private:
  incident::Record record_;
  std::vector<incident::Ask> asks_;
  std::map<std::string, std::string> display_names_;
  std::string money_, money_unknown_;
  std::optional<Instant> next_update_;
  Instant now_;
  Zone zone_;
};

}  // namespace nines::usecases
