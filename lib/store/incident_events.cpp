// Bodies of the incident events: small objects of texts and integers.
#include "store/incident_events.hpp"

#include "base/text.hpp"

namespace nines::store {
namespace {

log::NewEvent incident_event(std::string kind, const Uid& incident) {
  return {.kind = std::move(kind), .subject = incident_subject(incident), .body = Json::object()};
}

void put_time(log::NewEvent& event, const incident::StatedTime& when) {
  event.occurred_at = when.at;
  event.occurred_precision = when.precision;
  if (auto time = incident::to_json(when); !time.as_object().empty())
    event.body.set("time", std::move(time));
}

void put_origin(Json& body, const incident::Origin& origin) {
  if (!origin.reference.empty())
    body.set("origin", Json::object({{"system", origin.system}, {"reference", origin.reference}}));
}

void put_text(Json& body, const char* key, const std::string& text) {
  if (!text.empty()) body.set(key, text);
}

Json source_json(const incident::EntrySource& source) {
  auto json = Json::object();
  if (source.line > 0) json.set("line", source.line);
  if (!source.key.empty()) json.set("key", source.key);
  if (!source.below.empty()) json.set("below", source.below);
  if (source.recorded_there) json.set("recorded_there", format_utc(*source.recorded_there));
  return json;
}

void put_source(Json& body, const incident::EntrySource& source) {
  if (source != incident::EntrySource{}) body.set("source", source_json(source));
}

void add_line(log::NewEvent& event, Line line) {
  if (line == Line::quiet) event.body.set("quiet", true);
}

}  // namespace

std::string incident_subject(const Uid& incident) { return "incident/" + incident.to_string(); }

log::NewEvent incident_opened(const incident::Incident& incident, std::int64_t number) {
  auto event = incident_event("incident.opened", incident.uid);
  event.occurred_at = incident.opened_at;
  event.body.set("number", number)
      .set("title", incident.title)
      .set("mode", to_string(incident.mode))
      .set("status", to_string(incident.status))
      .set("severity", to_string(incident.severity));
  put_text(event.body, "services", join(incident.services, ","));
  put_text(event.body, "tags", join(incident.tags, ","));
  put_text(event.body, "priority", incident.priority);
  put_origin(event.body, incident.origin);
  return event;
}

log::NewEvent incident_field_set(const Uid& incident, std::string_view field, std::string_view from,
                                 std::string_view to) {
  auto event = incident_event("incident.field_set", incident);
  event.body.set("field", field).set("from", from).set("to", to);
  return event;
}

log::NewEvent incident_status_set(const Uid& incident, incident::Status from,
                                  const incident::StatusStep& step,
                                  const incident::StatedTime& when, std::string_view into,
                                  Line line) {
  auto event = incident_event("incident.status_set", incident);
  add_line(event, line);
  put_time(event, when);
  event.body.set("from", to_string(from)).set("to", to_string(step.to));
  if (step.outcome != incident::Outcome::none) event.body.set("outcome", to_string(step.outcome));
  if (!into.empty()) event.body.set("into", into);
  if (step.to < from) event.body.set("reopened", true);
  return event;
}

log::NewEvent incident_milestone_set(const Uid& incident, std::string_view milestone,
                                     const incident::StatedTime& when, Line line) {
  auto event = incident_event("incident.milestone_set", incident);
  add_line(event, line);
  event.body.set("milestone", milestone);
  put_time(event, when);
  return event;
}

log::NewEvent incident_role_set(const Uid& incident, std::string_view role, std::string_view person,
                                std::string_view before, Instant at) {
  auto event = incident_event("incident.role_set", incident);
  event.occurred_at = at;
  event.body.set("role", role).set("person", person).set("before", before);
  return event;
}

log::NewEvent incident_impact_set(const Uid& incident, const incident::ImpactStep& step,
                                  Line line) {
  auto event = incident_event("incident.impact_set", incident);
  add_line(event, line);
  event.body.set("service", step.service).set("level", to_string(step.level));
  put_text(event.body, "region", step.region);
  if (step.weight) event.body.set("weight", step.weight->to_string());
  put_time(event, step.from);
  return event;
}

log::NewEvent incident_fact_set(const Uid& incident, const incident::Fact& fact, Line line) {
  auto event = incident_event("incident.fact_set", incident);
  add_line(event, line);
  event.occurred_at = fact.as_of;
  event.body.set("fact", fact.name).set("estimate", fact.estimate);
  if (fact.value) event.body.set("value", *fact.value);
  put_text(event.body, "said_by", fact.said_by);
  if (fact.visibility != incident::Visibility::internal)
    event.body.set("visibility", to_string(fact.visibility));
  return event;
}

log::NewEvent incident_source_kept(const Uid& incident, const incident::Source& source) {
  auto event = incident_event("incident.source_kept", incident);
  event.body.set("system", source.origin.system)
      .set("reference", source.origin.reference)
      .set("file", source.file)
      .set("bytes", source.bytes)
      .set("digest", source.digest);
  put_text(event.body, "zone", source.zone);
  put_text(event.body, "zone_by", source.zone_by);
  put_text(event.body, "raw", source.raw);
  return event;
}

log::NewEvent incident_linked(const Uid& incident, const incident::Link& link) {
  auto event = incident_event("incident.linked", incident);
  event.body.set("to", link.target).set("relation", link.relation);
  return event;
}

log::NewEvent incident_entry_added(const Uid& incident, const incident::Entry& entry) {
  auto event = incident_event("incident.entry_added", incident);
  event.body.set("entry", entry.uid.to_string())
      .set("number", entry.number)
      .set("type", to_string(entry.kind))
      .set("text", entry.text)
      .set("visibility", to_string(entry.visibility));
  if (entry.estimate) event.body.set("estimate", true);
  put_text(event.body, "author", entry.author);
  put_text(event.body, "role", entry.role);
  put_origin(event.body, entry.origin);
  put_source(event.body, entry.source);
  if (entry.proposed) event.body.set("proposed", true);
  put_time(event, entry.when);
  return event;
}

log::NewEvent incident_entry_corrected(const Uid& incident, const Uid& entry,
                                       const EntryCorrection& correction) {
  auto event = incident_event("incident.entry_corrected", incident);
  event.body.set("entry", entry.to_string());
  if (correction.text) event.body.set("text", *correction.text);
  if (correction.kind) event.body.set("type", to_string(*correction.kind));
  if (correction.visibility) event.body.set("visibility", to_string(*correction.visibility));
  if (correction.when) {
    put_time(event, *correction.when);
    event.body.set("retimed", true);
  }
  if (correction.source) put_source(event.body, *correction.source);
  if (correction.accepted) event.body.set("accepted", true);
  return event;
}

log::NewEvent incident_entry_retracted(const Uid& incident, const Uid& entry) {
  auto event = incident_event("incident.entry_retracted", incident);
  event.body.set("entry", entry.to_string());
  return event;
}

}  // namespace nines::store
