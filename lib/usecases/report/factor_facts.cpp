// Alerts, drills, pages, changes and runbooks of the time of an incident.
#include "usecases/report/factor_facts.hpp"

#include <algorithm>
#include <system_error>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/page_load.hpp"
#include "store/alerts.hpp"
#include "store/changes.hpp"
#include "store/drills.hpp"
#include "store/escalations.hpp"
#include "store/gate_overrides.hpp"
#include "store/incidents.hpp"
#include "store/runbooks.hpp"
#include "store/store.hpp"
#include "usecases/paging/people.hpp"

namespace nines::usecases {
namespace {

using postmortem::FactorFacts;

std::optional<Instant> reached(const incident::Record& record, std::string_view milestone) {
  const auto found = record.milestones.find(std::string(milestone));
  if (found == record.milestones.end() || found->second.precision == Precision::unknown)
    return std::nullopt;
  return found->second.at;
}

Instant began(const incident::Record& record) {
  const auto start = reached(record, incident::milestone::kImpactStarted);
  return start ? *start : record.head.opened_at;
}

Instant ended(const incident::Record& record, Instant now) {
  for (const auto name : {incident::milestone::kResolved, incident::milestone::kRecovered,
                          incident::milestone::kMitigated, incident::milestone::kClosed})
    if (const auto at = reached(record, name)) return *at;
  return record.head.closed_at.value_or(now);
}

bool is_about(const incident::Alert& alert, const std::vector<std::string>& services) {
  for (const auto* label : {"service", "job", "app"}) {
    const auto value = incident::label_of(alert.labels, label);
    if (!value.empty()) return std::find(services.begin(), services.end(), value) != services.end();
  }
  return false;
}

bool is_web(std::string_view target) { return target.find("://") != std::string_view::npos; }

/// A file that is named and gone. Addresses are not asked: an offline tool cannot tell.
bool is_gone(const std::filesystem::path& folder, const std::string& target) {
  if (target.empty() || is_web(target)) return false;
  std::error_code failed;
  const bool there = std::filesystem::exists(folder / target.substr(0, target.find('#')), failed);
  return !there && !failed;
}

/// The link that people recorded for the alert, or for a service it is about.
std::string recorded_runbook(const std::vector<remediate::RunbookLink>& links,
                             const std::string& alert, const std::vector<std::string>& services) {
  for (const auto& one : links) {
    const bool fits = (one.kind == "alert" && one.about == alert) ||
                      (one.kind == "service" &&
                       std::find(services.begin(), services.end(), one.about) != services.end());
    if (fits) return one.link;
  }
  return {};
}

/// The gate was held open for a service of the incident, while it began or in the hour before.
void gather_overrides(const Session& session, const incident::Record& record,
                      GatheredFacts& gathered) {
  const auto start = began(record);
  for (const auto& one : store::gate_overrides(session.store())) {
    if (one.at > start || one.until <= start - postmortem::kChangeBefore) continue;
    const bool about = one.services.empty() ||
                       std::any_of(one.services.begin(), one.services.end(), [&](const auto& name) {
                         return std::find(record.head.services.begin(), record.head.services.end(),
                                          name) != record.head.services.end();
                       });
    if (about)
      gathered.facts.overrides.push_back(
          {"'" + one.policy + "' by " + one.by + ": " + one.because, one.name});
  }
}

void gather_alerts(const Session& session, const incident::Record& record,
                   const std::filesystem::path& folder, GatheredFacts& gathered) {
  const auto now = session.now();
  gathered.facts.alerts_are_recorded = store::alerts_heard_until(session.store(), now).has_value();
  if (!gathered.facts.alerts_are_recorded) {
    gathered.not_known.emplace_back("alerts: no source tells of them (nines incident ingest)");
    return;
  }
  const auto to = ended(record, now);
  const auto links = store::runbook_links(session.store());
  for (const auto& one :
       store::alerts_since(session.store(), began(record) - std::chrono::hours{1}, "", "")) {
    if (one.alert.starts > to || !is_about(one.alert, record.head.services)) continue;
    auto runbook = incident::label_of(one.alert.annotations, "runbook_url");
    if (runbook.empty()) runbook = incident::label_of(one.alert.annotations, "runbook");
    const auto name = incident::label_of(one.alert.labels, "alertname");
    if (runbook.empty()) runbook = recorded_runbook(links, name, record.head.services);
    const bool gone = is_gone(folder, runbook);
    gathered.facts.alerts.push_back({name.empty() ? incident::describe(one.alert) : name,
                                     one.alert.starts, std::move(runbook), gone});
  }
}

void gather_pages(const Session& session, const incident::Record& record, GatheredFacts& gathered) {
  const auto zones = zones_on_record(session);
  std::size_t unknown = 0;
  for (const auto& page : store::pages(session.store(), {.incident = record.head.uid})) {
    if (page.result == incident::PageResult::failed ||
        page.result == incident::PageResult::simulated)
      continue;
    const auto zone = zones.find(page.person);
    if (zone == zones.end()) {
      ++unknown;
      continue;
    }
    if (!incident::night_of(zone->second, page.at)) continue;
    const auto local = format_utc(
        std::chrono::floor<std::chrono::seconds>(page.at + zone->second.offset_at(page.at)));
    gathered.facts.night_pages.push_back(
        {page.person, page.at, local.substr(11, 5) + " " + zone->second.name()});
  }
  if (unknown > 0)
    gathered.not_known.push_back("nights: the zone of " +
                                 count_of(unknown, "paged person", "paged people") +
                                 " is not on record");
}

}  // namespace

GatheredFacts gather_factor_facts(const Session& session, const incident::Record& record,
                                  const std::filesystem::path& folder) {
  GatheredFacts gathered;
  auto& facts = gathered.facts;
  facts.record = &record;
  const auto start = began(record);
  gather_alerts(session, record, folder, gathered);
  gather_pages(session, record, gathered);
  gather_overrides(session, record, gathered);
  for (const auto& link : record.links)
    if (link.relation == "runbook" && is_gone(folder, link.target))
      facts.dead_runbooks.push_back(link.target);
  for (const auto& drill : store::drills(session.store()))
    if (drill.started_at < start)
      facts.drilled.insert(facts.drilled.end(), drill.scenario.services.begin(),
                           drill.scenario.services.end());
  if (!reached(record, incident::milestone::kImpactStarted)) {
    gathered.not_known.emplace_back("when the impact started (nines incident set)");
    return gathered;
  }
  for (const auto& service : record.head.services)
    for (const auto& change : store::changes(
             session.store(),
             {.service = service, .from = start - postmortem::kChangeBefore, .to = start}))
      if (change.start >= start - postmortem::kChangeBefore)
        facts.changes.push_back({change.name, catalog::describe(change), service, change.start});
  return gathered;
}

}  // namespace nines::usecases
