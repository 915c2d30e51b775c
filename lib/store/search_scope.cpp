// Looks a subject up in the tables of its kind, and its incident.
#include "store/search_scope.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/db.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kServicesOfTeam =
    "SELECT name FROM definition WHERE kind = 'Service' AND retired = 0 AND "
    "json_extract(document, '$.spec.owner') = ?";

/// Factors that people accepted or wrote, and hypotheses that were confirmed.
constexpr std::string_view kHasFactor =
    "SELECT 1 FROM factor WHERE incident = ?1 AND dropped = '' AND "
    "(layer = ?2 OR rule = ?2 OR instr(lower(text), ?2) > 0) UNION ALL "
    "SELECT 1 FROM analysis a JOIN hypothesis h ON h.analysis = a.uid "
    "WHERE a.incident = ?1 AND h.state = 'confirmed' AND "
    "(h.layer = ?2 OR instr(lower(h.text), ?2) > 0) LIMIT 1";

/// Records that belong to an incident: which one.
struct BelongsTo {
  std::string_view subjects;
  std::string_view sql;
};
constexpr BelongsTo kOfIncidents[] = {
    {"action/", "SELECT incident FROM action WHERE uid = ?"},
    {"analysis/", "SELECT incident FROM analysis WHERE uid = ?"},
    {"hypothesis/",
     "SELECT a.incident FROM hypothesis h JOIN analysis a ON a.uid = h.analysis WHERE h.uid = ?"},
    {"factor/", "SELECT incident FROM factor WHERE uid = ?"},
    {"postmortem/", "SELECT incident FROM postmortem WHERE uid = ?"},
    {"message/", "SELECT incident FROM message WHERE uid = ?"},
    {"ask/", "SELECT incident FROM ask WHERE uid = ?"},
    {"drill/", "SELECT incident FROM drill WHERE uid = ?"}};

}  // namespace

ScopeFilter::ScopeFilter(Db& db, const SearchScope& asked)
    : db_(db), asked_(asked), of_services_(!asked.service.empty() || !asked.team.empty()) {
  asked_.factor = to_lower_ascii(asked.factor);
  if (asked.team.empty()) {
    if (of_services_) services_.insert(asked.service);
    return;
  }
  auto rows = db.query(kServicesOfTeam, asked.team);
  while (rows.step())
    if (asked.service.empty() || rows.view(0) == asked.service) services_.insert(rows.text(0));
}

bool ScopeFilter::holds(std::string_view subject) {
  const auto known = subjects_.find(subject);
  if (known != subjects_.end()) return known->second;
  return subjects_.emplace(subject, look_up(subject)).first->second;
}

bool ScopeFilter::look_up(std::string_view subject) {
  if (subject.starts_with("definition/")) return holds_definition(subject);
  const auto uid = Uid::parse(subject.substr(subject.find('/') + 1));
  if (!uid) return false;
  if (subject.starts_with("incident/")) return holds_incident(*uid);
  for (const auto& kind : kOfIncidents) {
    if (!subject.starts_with(kind.subjects)) continue;
    auto row = db_.query(kind.sql, *uid);
    if (row.step() && !row.null(0) && holds_incident(row.uid(0))) return true;
  }
  if (subject.starts_with("change/")) return holds_change(*uid);
  return subject.starts_with("action/") && holds_action(*uid);
}

bool ScopeFilter::holds_incident(const Uid& incident) {
  const auto known = incidents_.find(incident);
  if (known != incidents_.end()) return known->second;
  return incidents_.emplace(incident, looks_up_incident(incident)).first->second;
}

bool ScopeFilter::looks_up_incident(const Uid& incident) {
  auto row = db_.query("SELECT severity, services FROM incident WHERE uid = ?", incident);
  if (!row.step()) return false;
  const auto& severities = asked_.severities;
  if (!severities.empty() && std::ranges::find(severities, row.view(0)) == severities.end())
    return false;
  if (of_services_ && !is_of_service(row.view(1))) return false;
  return asked_.factor.empty() || db_.integer(kHasFactor, incident, asked_.factor).has_value();
}

/// Lists within a column are joined by commas.
bool ScopeFilter::is_of_service(std::string_view services) const {
  return std::ranges::any_of(split(services, ','),
                             [&](std::string_view one) { return services_.contains(one); });
}

// What is asked about incidents alone leaves out what belongs to none.
bool ScopeFilter::holds_change(const Uid& change) {
  if (!asked_.factor.empty() || !asked_.severities.empty()) return false;
  const auto service = db_.text("SELECT service FROM change WHERE uid = ?", change);
  return service && services_.contains(*service);
}

bool ScopeFilter::holds_action(const Uid& action) {
  if (!asked_.factor.empty() || !asked_.severities.empty()) return false;
  auto fields = db_.query(
      "SELECT field, value FROM action_field WHERE action = ? AND field IN ('team', 'services')",
      action);
  while (fields.step()) {
    const bool is_team = fields.view(0) == "team";
    if (is_team ? !asked_.team.empty() && fields.view(1) == asked_.team
                : is_of_service(fields.view(1)))
      return true;
  }
  return false;
}

bool ScopeFilter::holds_definition(std::string_view subject) {
  if (!asked_.factor.empty() || !asked_.severities.empty()) return false;
  const auto service = db_.text(
      "SELECT CASE kind WHEN 'Service' THEN name ELSE json_extract(document, '$.spec.service') END "
      "FROM definition WHERE subject = ?",
      subject);
  return service && services_.contains(*service);
}

}  // namespace nines::store
