// One event per thing that changes, all in one transaction.
#include "usecases/incident/set.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

struct Plan {
  std::vector<log::NewEvent> events;
  std::vector<std::string> changes;

  void add(log::NewEvent event, std::string change) {
    events.push_back(std::move(event));
    changes.push_back(std::move(change));
  }
  void field(const Uid& uid, std::string_view name, const std::string& from,
             const std::string& to) {
    if (from == to) return;
    add(store::incident_field_set(uid, name, from, to),
        std::string(name) + (from.empty() ? ": " : ": " + from + " to ") +
            (to.empty() ? "none" : to));
  }
};

void plan_head(Plan& plan, const incident::Incident& head, const SetRequest& request) {
  if (request.title) plan.field(head.uid, "title", head.title, *request.title);
  if (request.severity)
    plan.field(head.uid, "severity", std::string(to_string(head.severity)),
               std::string(to_string(*request.severity)));
  if (request.priority) plan.field(head.uid, "priority", head.priority, *request.priority);
  if (request.services)
    plan.field(head.uid, "services", join(head.services, ","), join(*request.services, ","));
  if (request.tags) plan.field(head.uid, "tags", join(head.tags, ","), join(*request.tags, ","));
}

std::string holder_of(const incident::Record& record, const std::string& role) {
  for (const auto& span : record.roles)
    if (span.role == role && !span.until) return span.person;
  return {};
}

void plan_roles(Plan& plan, const incident::Record& record, const SetRequest& request,
                Instant now) {
  for (const auto& [role, person] : request.roles) {
    const auto before = holder_of(record, role);
    if (before == person) continue;
    plan.add(store::incident_role_set(record.head.uid, role, person, before, now),
             person.empty() ? before + " is no longer " + role
                            : role + ": " + (before.empty() ? "" : before + " to ") + person);
  }
}

/// The step that holds at the time of `step` for the same service and region says the same.
bool impact_stands(const incident::Record& record, const incident::ImpactStep& step) {
  const incident::ImpactStep* holds = nullptr;
  for (const auto& known : record.impact) {
    if (known.service != step.service || known.region != step.region) continue;
    if (known.from.at > step.from.at) continue;
    if (holds == nullptr || known.from.at >= holds->from.at) holds = &known;
  }
  return holds != nullptr && holds->level == step.level && holds->weight == step.weight;
}

void plan_impact(Plan& plan, const incident::Record& record, const SetRequest& request) {
  for (const auto& step : request.impact) {
    if (impact_stands(record, step)) continue;
    plan.add(store::incident_impact_set(record.head.uid, step),
             "impact on " + step.service + (step.region.empty() ? "" : " in " + step.region) +
                 ": " + std::string(to_string(step.level)) + " from " + format_utc(step.from.at));
  }
}

void plan_facts(Plan& plan, const incident::Record& record, const SetRequest& request) {
  for (const auto& fact : request.facts) {
    const auto same = std::any_of(record.facts.begin(), record.facts.end(), [&](const auto& known) {
      return known.name == fact.name && known.value == fact.value &&
             known.estimate == fact.estimate && known.visibility == fact.visibility;
    });
    if (same) continue;
    plan.add(
        store::incident_fact_set(record.head.uid, fact),
        fact.name + ": " + fact.value.value_or("not known") + (fact.estimate ? " (estimate)" : ""));
  }
}

void plan_milestones(Plan& plan, const incident::Record& record, const SetRequest& request) {
  for (const auto& [name, when] : request.milestones) {
    const auto known = record.milestones.find(name);
    if (known != record.milestones.end() && known->second == when) continue;
    plan.add(store::incident_milestone_set(record.head.uid, name, when),
             name + ": " +
                 (known == record.milestones.end() ? "" : format_utc(known->second.at) + " to ") +
                 format_utc(when.at));
  }
}

}  // namespace

WasSet set_incident(Session& session, const SetRequest& request, bool dry_run) {
  const auto chosen = choose_incident(session, request.incident);
  const auto record = store::incident_record(session.store(), chosen.uid, store::Lines::none);
  Plan plan;
  plan_head(plan, record.head, request);
  plan_roles(plan, record, request, session.now());
  plan_impact(plan, record, request);
  plan_facts(plan, record, request);
  plan_milestones(plan, record, request);
  WasSet result{record.head, std::move(plan.changes)};
  if (dry_run) return result;
  append_all(session, chosen.uid, plan.events);
  result.incident = *store::find_incident(session.store(), chosen.uid);
  return result;
}

}  // namespace nines::usecases
