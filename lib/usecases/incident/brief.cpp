// Reads what a briefing is made from.
#include "usecases/incident/brief.hpp"

#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/duties.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

BriefSource::BriefSource(const Session& session, const incident::Incident& incident,
                         const Zone& zone)
    : record_(store::incident_record(session.store(), incident.uid)),
      asks_(store::asks_of(session.store(), incident.uid)),
      now_(session.now()),
      zone_(zone) {
  const auto catalogue = load_catalogue(session);
  for (const auto& [name, service] : catalogue.services)
    display_names_.emplace(name, service.display_name);
  for (const auto& duty : running_duties(session, incident))
    if (duty.kind == "update") next_update_ = duty.due;
  if (const auto policies = applied_policies(session);
      policies.size() > 1 && !sole_policy(policies)) {
    money_unknown_ = "several AssessmentPolicies are applied, and none is 'default'";
    return;
  }
  ImpactRequest request;
  request.incident = incident.name;
  const auto money = incident_impact(session, request).money;
  (money.known() ? money_ : money_unknown_) = money.known() ? money.text() : money.why_not;
}

incident::BriefInput BriefSource::input() const {
  return {.record = record_,
          .asks = asks_,
          .impact = incident::impact_spans(record_, now_),
          .money = money_,
          .money_unknown = money_unknown_,
          .next_update = next_update_,
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
