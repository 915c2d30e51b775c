// Reads what a briefing is made from.
#include "usecases/incident/brief.hpp"

#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

BriefSource::BriefSource(const Session& session, const incident::Incident& incident,
                         const Zone& zone)
    : record_(store::incident_record(session.store(), incident.uid)),
      asks_(store::asks_of(session.store(), incident.uid)),
      now_(session.now()),
      zone_(zone) {
  for (const auto& [name, service] : load_catalogue(session).services)
    display_names_.emplace(name, service.display_name);
}

incident::BriefInput BriefSource::input() const {
  return {.record = record_,
          .asks = asks_,
          .impact = incident::impact_spans(record_, now_),
          .money_unknown = "no value per transaction is on record",
          .display_names = display_names_,
          .now = now_,
          .zone = zone_};
}

Briefed brief_incident(const Session& session, const std::optional<std::string>& word,
                       incident::Audience audience, const Zone& zone) {
  const auto incident = choose_incident(session, word);
  const BriefSource source(session, incident, zone);
  return {incident, incident::brief(source.input(), audience)};
}

}  // namespace nines::usecases
