// Compares all incidents on record, and keeps the groups that were asked about.
#include "usecases/report/recurrence.hpp"

#include <algorithm>

#include "store/actions.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/report/gather.hpp"

namespace nines::usecases {
namespace {

bool is_wanted(const governance::SharedCause& cause, const RecurrenceQuery& query,
               const std::optional<Uid>& incident) {
  const auto any = [&](auto&& is) {
    return std::any_of(cause.incidents.begin(), cause.incidents.end(), is);
  };
  if (incident && !any([&](const auto& one) { return one.uid == *incident; })) return false;
  if (query.since && !any([&](const auto& one) { return one.opened_at >= *query.since; }))
    return false;
  return !query.service || any([&](const auto& one) {
    return std::find(one.services.begin(), one.services.end(), *query.service) !=
           one.services.end();
  });
}

}  // namespace

RecurrenceReport find_recurrence(const Session& session, const RecurrenceQuery& query) {
  RecurrenceReport report;
  std::optional<Uid> incident;
  if (query.incident) {
    const auto chosen = choose_incident(session, query.incident);
    incident = chosen.uid;
    report.asked = chosen.name;
  }
  const auto catalogue = load_catalogue(session);
  const auto cases = incident_cases(session, catalogue, Instant{}, session.now() + Micros{1});
  const auto traits = traits_of(session, cases, case_files(session));
  const auto actions = store::actions(session.store());
  report.causes = governance::shared_causes(traits, actions);
  std::erase_if(report.causes,
                [&](const auto& cause) { return !is_wanted(cause, query, incident); });
  report.debt = governance::debt_of(traits, actions);
  report.compared = traits.size();
  for (const auto& one : traits) {
    report.measured += one.bad_minutes ? 1 : 0;
    report.first = std::min(report.first.value_or(one.opened_at), one.opened_at);
  }
  return report;
}

}  // namespace nines::usecases
