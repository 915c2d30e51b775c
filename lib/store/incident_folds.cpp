// Folds of incident events: the head, its parts, and a line of the timeline for each.
#include "store/incident_folds.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/model.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using log::Event;

Uid folded_incident(const Event& event) {
  return Uid::parse(event.header.subject.substr(event.header.subject.find('/') + 1))
      .value_or(Uid{});
}

/// Lines that the tool writes have no identity of their own: the event lends them its own.
Uid line_uid(const Event& event) {
  const auto digest = Sha256().add("nines line\n").add(to_string(event.header.ref)).finish();
  Uid uid;
  std::copy_n(digest.begin(), uid.bytes.size(), uid.bytes.begin());
  return uid;
}

/// "customers_told" as people say it.
std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string source_text(const Event& event) {
  const auto* source = event.body.find("source");
  return source == nullptr ? std::string() : source->canonical();
}

void put_entry_line(Db& db, const Event& event, const Uid& line, std::string_view kind,
                    const std::string& text) {
  const auto& h = event.header;
  const auto time = event.body.find("time");
  const Json none = Json::object();
  const auto* origin = event.body.find("origin");
  if (origin == nullptr) origin = &none;
  db.run(
      "INSERT OR REPLACE INTO incident_entry (incident, uid, number, kind, at, precision, time, "
      "text, actor, author, role, visibility, estimate, origin_system, origin_reference, recorded, "
      "hlc, hlc_counter, replica, seq, source, proposed, corrections, retracted) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
      folded_incident(event), line, event.body.integer("number"), kind, h.occurred_at,
      to_string(h.occurred_precision), time == nullptr ? std::string() : time->canonical(), text,
      h.actor, event.body.text("author"), event.body.text("role"),
      event.body.text("visibility", "internal"), event.body.boolean("estimate"),
      origin->text("system"), origin->text("reference"), h.recorded_at, h.hlc.micros, h.hlc.counter,
      h.ref.replica, h.ref.seq, source_text(event), event.body.boolean("proposed"));
}

/// The members of such a body are about the record, not about the line.
void put_state_line(Db& db, const Event& event, const std::string& text) {
  if (event.body.boolean("quiet")) return;
  auto line = event;
  line.body = Json::object();
  if (const auto* time = event.body.find("time")) line.body.set("time", *time);
  line.body.set("estimate", event.body.boolean("estimate"));
  line.body.set("visibility", event.body.text("visibility", "internal"));
  put_entry_line(db, line, line_uid(event), "state", text);
}

void put_milestone(Db& db, const Event& event, std::string_view name) {
  const auto* time = event.body.find("time");
  db.run(
      "INSERT OR REPLACE INTO incident_milestone (incident, name, at, precision, time) "
      "VALUES (?, ?, ?, ?, ?)",
      folded_incident(event), name, event.header.occurred_at,
      to_string(event.header.occurred_precision),
      time == nullptr ? std::string() : time->canonical());
}

/// What people find the incident by; every change of its head puts the words in anew.
void put_head_words(Db& db, const Event& event) {
  auto row = db.query("SELECT title, services, tags, opened FROM incident WHERE uid = ?",
                      folded_incident(event));
  if (row.step())
    put_text(db, event.header,
             {.kind = "incident",
              .title = row.text(0),
              .text = row.text(1) + "\n" + row.text(2),
              .at = row.instant(3)});
}

/// What was taken back, or is privileged, is not found by its words.
void put_entry_words(Db& db, const Event& event, const Uid& entry) {
  auto row = db.query(
      "SELECT text, at, visibility, retracted FROM incident_entry WHERE incident = ? AND uid = ?",
      folded_incident(event), entry);
  if (!row.step()) return;
  const bool hidden = row.text(2) == "privileged" || row.integer(3) != 0;
  put_text(db, event.header,
           {.kind = "incident",
            .title = "",
            .text = hidden ? std::string() : row.text(0),
            .part = entry.to_string(),
            .at = row.instant(1)});
}

/// Reaching a status is reaching its milestone; going back to one takes the later ones away.
void put_status_milestone(Db& db, const Event& event) {
  const auto to = incident::status_from(event.body.text("to")).value_or(incident::Status::triage);
  if (to == incident::Status::triage || to == incident::Status::learning) return;
  if (event.body.boolean("reopened")) {
    for (const auto* name : {"mitigated", "recovered", "resolved", "closed"})
      db.run("DELETE FROM incident_milestone WHERE incident = ? AND name = ?",
             folded_incident(event), std::string_view(name));
  } else {
    put_milestone(db, event, to_string(to));
  }
}

void apply_incident_opened(Db& db, const Event& event) {
  const auto uid = folded_incident(event);
  const auto& body = event.body;
  const auto* origin = body.find("origin");
  // Machines that were apart may have accepted one proposal both: the first opening stands.
  if (db.integer("SELECT 1 FROM incident WHERE uid = ?", uid)) return;
  db.run(
      "INSERT INTO incident (opened, uid, number, commander, title, mode, status, outcome, "
      "severity, priority, services, tags, into_subject, closed, origin_system, "
      "origin_reference) VALUES (?, ?, ?, '', ?, ?, ?, 'none', ?, ?, ?, ?, '', NULL, ?, ?)",
      event.header.occurred_at, uid, body.integer("number"), body.text("title"), body.text("mode"),
      body.text("status"), body.text("severity"), body.text("priority"), body.text("services"),
      body.text("tags"), origin ? origin->text("system") : "",
      origin ? origin->text("reference") : "");
  put_number(db, "INC", body.integer("number"), uid, event.header.subject);
  if (body.text("status") != to_string(incident::Status::triage))
    put_milestone(db, event, incident::milestone::kDeclared);
  put_head_words(db, event);
  put_state_line(db, event,
                 body.text("mode") == to_string(incident::Mode::retrospective) && origin != nullptr
                     ? "taken over from " + origin->text("system") + ": " + body.text("title")
                     : "opened: " + body.text("title") + ", " + body.text("severity"));
}

void apply_field_set(Db& db, const Event& event) {
  const auto uid = folded_incident(event);
  const auto field = event.body.text("field"), to = event.body.text("to");
  if (field == "title") db.run("UPDATE incident SET title = ? WHERE uid = ?", to, uid);
  if (field == "severity") db.run("UPDATE incident SET severity = ? WHERE uid = ?", to, uid);
  if (field == "priority") db.run("UPDATE incident SET priority = ? WHERE uid = ?", to, uid);
  if (field == "services") db.run("UPDATE incident SET services = ? WHERE uid = ?", to, uid);
  if (field == "tags") db.run("UPDATE incident SET tags = ? WHERE uid = ?", to, uid);
  put_head_words(db, event);
  const auto from = event.body.text("from");
  put_state_line(db, event, field + (from.empty() ? ": " : ": " + from + " to ") + to);
}

void apply_status_set(Db& db, const Event& event) {
  const auto to = event.body.text("to"), outcome = event.body.text("outcome", "none");
  const auto closed = to == to_string(incident::Status::closed)
                          ? std::optional(event.header.occurred_at)
                          : std::nullopt;
  db.run("UPDATE incident SET status = ?, outcome = ?, into_subject = ?, closed = ? WHERE uid = ?",
         to, outcome, event.body.text("into"), closed, folded_incident(event));
  put_status_milestone(db, event);
  put_state_line(db, event,
                 event.body.boolean("reopened") ? "reopened"
                 : closed                       ? "closed as " + outcome
                                                : to);
}

void apply_milestone_set(Db& db, const Event& event) {
  const auto name = event.body.text("milestone");
  put_milestone(db, event, name);
  put_state_line(db, event, spaced(name));
}

void apply_role_set(Db& db, const Event& event) {
  const auto uid = folded_incident(event);
  const auto role = event.body.text("role"), person = event.body.text("person");
  const auto at = event.header.occurred_at;
  db.run("UPDATE incident_role SET until = ? WHERE incident = ? AND role = ? AND until IS NULL", at,
         uid, role);
  if (!person.empty())
    db.run(
        "INSERT OR REPLACE INTO incident_role (incident, role, person, since, until) "
        "VALUES (?, ?, ?, ?, NULL)",
        uid, role, person, at);
  if (role == incident::kCommander)
    db.run("UPDATE incident SET commander = ? WHERE uid = ?", person, uid);
  const auto before = event.body.text("before");
  put_state_line(db, event,
                 person.empty() ? before + " is no longer " + role : person + " is " + role);
}

void apply_impact_set(Db& db, const Event& event) {
  const auto& body = event.body;
  const auto* time = body.find("time");
  const auto service = body.text("service"), region = body.text("region"),
             level = body.text("level"), weight = body.text("weight");
  db.run(
      "INSERT OR REPLACE INTO incident_impact (incident, service, region, at, precision, time, "
      "level, weight) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      folded_incident(event), service, region, event.header.occurred_at,
      to_string(event.header.occurred_precision),
      time == nullptr ? std::string() : time->canonical(), level, weight);
  put_state_line(db, event,
                 "impact on " + service + (region.empty() ? "" : " in " + region) + ": " + level +
                     (weight.empty() ? "" : ", share of users " + weight));
}

void apply_fact_set(Db& db, const Event& event) {
  const auto& body = event.body;
  const auto* value = body.find("value");
  db.run(
      "INSERT OR REPLACE INTO incident_fact (incident, name, value, estimate, as_of, said_by, "
      "visibility) VALUES (?, ?, ?, ?, ?, ?, ?)",
      folded_incident(event), body.text("fact"),
      value ? std::optional(value->as_string()) : std::nullopt, body.boolean("estimate"),
      event.header.occurred_at, body.text("said_by"), body.text("visibility", "internal"));
  put_state_line(db, event, body.text("fact") + ": " + (value ? value->as_string() : "not known"));
}

void apply_source_kept(Db& db, const Event& event) {
  const auto& body = event.body;
  db.run(
      "INSERT OR REPLACE INTO incident_source (incident, system, reference, file, zone, zone_by, "
      "bytes, digest, raw, taken) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      folded_incident(event), body.text("system"), body.text("reference"), body.text("file"),
      body.text("zone"), body.text("zone_by"), body.integer("bytes"), body.text("digest"),
      body.text("raw"), event.header.recorded_at);
}

void apply_linked(Db& db, const Event& event) {
  const auto to = event.body.text("to"), relation = event.body.text("relation");
  db.run("INSERT OR REPLACE INTO incident_link (incident, target, relation) VALUES (?, ?, ?)",
         folded_incident(event), to, relation);
  put_state_line(db, event, spaced(relation) + " " + to);
}

void apply_entry_added(Db& db, const Event& event) {
  const auto uid = Uid::parse(event.body.text("entry"));
  if (!uid) return;
  put_entry_line(db, event, *uid, event.body.text("type", "note"), event.body.text("text"));
  put_entry_words(db, event, *uid);
}

void apply_entry_corrected(Db& db, const Event& event) {
  const auto uid = Uid::parse(event.body.text("entry"));
  if (!uid) return;
  const auto incident = folded_incident(event);
  const auto set = [&](const char* sql, const Json* value) {
    if (value != nullptr) db.run(sql, value->as_string(), incident, *uid);
  };
  set("UPDATE incident_entry SET text = ? WHERE incident = ? AND uid = ?", event.body.find("text"));
  set("UPDATE incident_entry SET kind = ? WHERE incident = ? AND uid = ?", event.body.find("type"));
  set("UPDATE incident_entry SET visibility = ? WHERE incident = ? AND uid = ?",
      event.body.find("visibility"));
  if (event.body.boolean("retimed")) {
    const auto* time = event.body.find("time");
    db.run(
        "UPDATE incident_entry SET at = ?, precision = ?, time = ? WHERE incident = ? AND uid = ?",
        event.header.occurred_at, to_string(event.header.occurred_precision),
        time == nullptr ? std::string() : time->canonical(), incident, *uid);
  }
  if (event.body.find("source") != nullptr)
    db.run("UPDATE incident_entry SET source = ? WHERE incident = ? AND uid = ?",
           source_text(event), incident, *uid);
  if (event.body.boolean("accepted")) {
    db.run("UPDATE incident_entry SET proposed = 0 WHERE incident = ? AND uid = ?", incident, *uid);
    return;  // it says what it said
  }
  db.run("UPDATE incident_entry SET corrections = corrections + 1 WHERE incident = ? AND uid = ?",
         incident, *uid);
  put_entry_words(db, event, *uid);
}

void apply_entry_retracted(Db& db, const Event& event) {
  const auto uid = Uid::parse(event.body.text("entry"));
  if (!uid) return;
  db.run("UPDATE incident_entry SET retracted = 1 WHERE incident = ? AND uid = ?",
         folded_incident(event), *uid);
  put_entry_words(db, event, *uid);
}

using Fields = std::vector<std::string>;
Fields field_named(const Event& event) { return {event.body.text("field")}; }
Fields field_status(const Event& event) { return {"status", "milestone:" + event.body.text("to")}; }
Fields field_milestone(const Event& event) { return {"milestone:" + event.body.text("milestone")}; }
Fields field_role(const Event& event) { return {"role:" + event.body.text("role")}; }
Fields field_impact(const Event& event) {
  return {"impact:" + event.body.text("service") + ":" + event.body.text("region")};
}
Fields field_fact(const Event& event) { return {"fact:" + event.body.text("fact")}; }
Fields field_source(const Event& event) {
  return {"source:" + event.body.text("system") + ":" + event.body.text("reference")};
}
Fields field_link(const Event& event) { return {"link:" + event.body.text("to")}; }
Fields field_entry(const Event& event) { return {"entry:" + event.body.text("entry")}; }

}  // namespace

std::span<const Projection> incident_kinds() {
  static const std::array kKinds{
      Projection{"incident.opened", apply_incident_opened},
      Projection{"incident.field_set", apply_field_set, field_named},
      Projection{"incident.status_set", apply_status_set, field_status},
      Projection{"incident.milestone_set", apply_milestone_set, field_milestone},
      Projection{"incident.role_set", apply_role_set, field_role},
      Projection{"incident.impact_set", apply_impact_set, field_impact},
      Projection{"incident.fact_set", apply_fact_set, field_fact},
      Projection{"incident.source_kept", apply_source_kept, field_source},
      Projection{"incident.linked", apply_linked, field_link},
      Projection{"incident.entry_added", apply_entry_added, field_entry},
      Projection{"incident.entry_corrected", apply_entry_corrected, field_entry},
      Projection{"incident.entry_retracted", apply_entry_retracted, field_entry},
  };
  return kKinds;
}

}  // namespace nines::store
