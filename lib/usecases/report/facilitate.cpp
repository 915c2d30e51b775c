// Reads the record, asks whether the facilitator is in it.
#include "usecases/report/facilitate.hpp"

#include <algorithm>

#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::usecases {

Facilitation facilitate(const Session& session, const std::optional<std::string>& incident,
                        const std::optional<std::string>& facilitator) {
  Facilitation result{incident_of_postmortem(session, incident),
                      facilitator.value_or(session.options().actor),
                      false,
                      {}};
  result.sheet =
      postmortem::facilitation_sheet(store::incident_record(session.store(), result.incident.uid));
  const auto& responders = result.sheet.responders;
  result.took_part =
      std::find(responders.begin(), responders.end(), result.facilitator) != responders.end();
  return result;
}

}  // namespace nines::usecases
