// One function per rule: it reads the facts, and says nothing where they are silent.
#include "domain/postmortem/factor.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"

namespace nines::postmortem {
namespace {

using incident::StatedTime;
using rca::Layer;

using Proposals = std::vector<FactorProposal>;

const StatedTime* reached(const FactorFacts& facts, std::string_view milestone) {
  const auto found = facts.record->milestones.find(std::string(milestone));
  return found == facts.record->milestones.end() || found->second.precision == Precision::unknown
             ? nullptr
             : &found->second;
}

std::string clock_text(Instant at) {
  return format_utc(std::chrono::floor<std::chrono::seconds>(at));
}

void late_detection(const FactorFacts& facts, Proposals& found) {
  const auto* start = reached(facts, incident::milestone::kImpactStarted);
  const auto* seen = reached(facts, incident::milestone::kDetected);
  if (start == nullptr || seen == nullptr || seen->at - start->at <= kLateDetection) return;
  found.push_back(
      {"late-detection",
       "",
       "users were hurt for " + format_duration(seen->at - start->at) + " before anybody knew",
       Layer::tooling,
       {{"impact started " + clock_text(start->at)}, {"detected " + clock_text(seen->at)}}});
}

void silent_alerts(const FactorFacts& facts, Proposals& found) {
  const auto* start = reached(facts, incident::milestone::kImpactStarted);
  if (!facts.alerts_are_recorded || start == nullptr || facts.record->head.services.empty()) return;
  const auto* seen = reached(facts, incident::milestone::kDetected);
  const bool any = std::any_of(facts.alerts.begin(), facts.alerts.end(), [&](const auto& alert) {
    return seen == nullptr || alert.from <= seen->at;
  });
  if (any) return;
  found.push_back(
      {"silent-alert",
       "",
       "no alert fired for " + join(facts.record->head.services, ", ") +
           (seen == nullptr ? " at all" : " before it was noticed"),
       Layer::tooling,
       {{facts.alerts.empty() ? std::string("no alert of these services is on record for that time")
                              : "the first one is '" + facts.alerts.front().text + "' at " +
                                    clock_text(facts.alerts.front().from)}}});
}

void runbooks(const FactorFacts& facts, Proposals& found) {
  for (const auto& target : facts.dead_runbooks)
    found.push_back({"dead-runbook",
                     target,
                     "the runbook '" + target + "' was not there when it was needed",
                     Layer::tooling,
                     {{"linked with the incident, and no such file exists"}}});
  const bool linked =
      std::any_of(facts.record->links.begin(), facts.record->links.end(),
                  [](const incident::Link& link) { return link.relation == "runbook"; });
  for (const auto& alert : facts.alerts) {
    if (alert.runbook_gone)
      found.push_back({"dead-runbook",
                       alert.runbook,
                       "the runbook '" + alert.runbook + "' was not there when it was needed",
                       Layer::tooling,
                       {{"the alert '" + alert.text + "' names it, and no such file exists"}}});
    else if (alert.runbook.empty() && !linked)
      found.push_back(
          {"missing-runbook",
           alert.text,
           "the alert '" + alert.text + "' leads to no runbook",
           Layer::process,
           {{"it has no annotation runbook_url"}, {"no runbook is linked with the incident"}}});
  }
}

void never_drilled(const FactorFacts& facts, Proposals& found) {
  for (const auto& service : facts.record->head.services) {
    if (std::find(facts.drilled.begin(), facts.drilled.end(), service) != facts.drilled.end())
      continue;
    found.push_back({"never-drilled",
                     service,
                     "an outage of " + service + " had never been drilled",
                     Layer::training,
                     {{"no drill before it is about " + service}}});
  }
}

void night_pages(const FactorFacts& facts, Proposals& found) {
  if (facts.night_pages.empty()) return;
  FactorProposal one{"night-page", "", "people were woken for it", Layer::time_pressure, {}};
  for (const auto& page : facts.night_pages)
    one.grounds.push_back({page.person + " was paged at " + page.local});
  found.push_back(std::move(one));
}

void overrides(const FactorFacts& facts, Proposals& found) {
  for (const auto& one : facts.overrides)
    found.push_back({"freeze-override",
                     one.reference,
                     "the change gate was overridden: " + one.text,
                     Layer::time_pressure,
                     {{one.text, one.reference}}});
}

void recent_changes(const FactorFacts& facts, Proposals& found) {
  const auto* start = reached(facts, incident::milestone::kImpactStarted);
  if (start == nullptr) return;
  for (const auto& change : facts.changes)
    found.push_back({"recent-change",
                     change.name,
                     fmt::format("{} ({}) went out {} before the impact", change.text, change.name,
                                 format_duration(start->at - change.at)),
                     Layer::technical,
                     {{"started " + clock_text(change.at), change.name},
                      {"being close in time is a reason to look, not yet a cause"}}});
}

}  // namespace

std::vector<FactorProposal> propose_factors(const FactorFacts& facts) {
  Proposals found;
  late_detection(facts, found);
  silent_alerts(facts, found);
  runbooks(facts, found);
  never_drilled(facts, found);
  night_pages(facts, found);
  overrides(facts, found);
  recent_changes(facts, found);
  // Several alerts may name one runbook.
  std::vector<FactorProposal> kept;
  for (auto& one : found) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const FactorProposal& other) {
      return other.rule == one.rule && other.about == one.about;
    });
    if (!known) kept.push_back(std::move(one));
  }
  return kept;
}

}  // namespace nines::postmortem
