// Which subjects belong to a service, a team, a severity, a contributing factor.
#include <set>

#include "base/json.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

// Lists within a column are joined by commas, and looked for with commas around them.
constexpr std::string_view kServicesOfTeam =
    "SELECT name FROM definition WHERE kind = 'Service' AND retired = 0 AND "
    "json_extract(document, '$.spec.owner') = ?";

constexpr std::string_view kIncidentsInScope =
    "SELECT uid, services FROM incident WHERE "
    "(?1 = '' OR instr(?1, ',' || severity || ',') > 0) AND "
    "(?3 = '' OR instr(',' || services || ',', ',' || ?3 || ',') > 0) AND "
    "(?2 = '' OR uid IN (SELECT a.incident FROM hypothesis h JOIN analysis a ON a.uid = h.analysis "
    "WHERE h.state = 'confirmed' AND (h.layer = ?2 OR instr(lower(h.text), ?2) > 0)))";

/// Records that belong to an incident, by the column that names it.
struct BelongsTo {
  std::string_view subjects;  ///< "action/"
  std::string_view sql;       ///< uid, incident
};
constexpr BelongsTo kOfIncidents[] = {
    {"action/", "SELECT uid, incident FROM action WHERE incident IS NOT NULL"},
    {"analysis/", "SELECT uid, incident FROM analysis"},
    {"hypothesis/",
     "SELECT h.uid, a.incident FROM hypothesis h JOIN analysis a ON a.uid = h.analysis"},
    {"message/", "SELECT uid, incident FROM message"},
    {"ask/", "SELECT uid, incident FROM ask"},
    {"drill/", "SELECT uid, incident FROM drill"}};

bool shares(std::string_view list, const std::set<std::string, std::less<>>& wanted) {
  for (const auto one : split(list, ','))
    if (wanted.contains(one)) return true;
  return false;
}

class Scope {
 public:
  Scope(Db& db, const SearchScope& asked) : db_(db), asked_(asked) {
    if (!asked.service.empty()) services_.insert(asked.service);
    if (asked.team.empty()) return;
    std::set<std::string, std::less<>> owned;
    auto rows = db.query(kServicesOfTeam, asked.team);
    while (rows.step()) owned.insert(rows.text(0));
    if (asked.service.empty())
      services_ = std::move(owned);
    else if (!owned.contains(asked.service))
      services_.clear();
  }

  Json subjects() {
    add_incidents();
    for (const auto& kind : kOfIncidents) {
      auto rows = db_.query(kind.sql);
      while (rows.step())
        if (incidents_.contains(rows.uid(1))) add(kind.subjects, rows.uid(0));
    }
    // What is asked about incidents alone leaves out what belongs to none.
    if (asked_.factor.empty() && asked_.severities.empty()) add_others();
    return std::move(subjects_);
  }

 private:
  void add(std::string_view prefix, const Uid& uid) {
    subjects_.push(std::string(prefix) + uid.to_string());
  }

  void add_incidents() {
    const auto severities =
        asked_.severities.empty() ? std::string() : "," + join(asked_.severities, ",") + ",";
    auto rows =
        db_.query(kIncidentsInScope, severities, to_lower_ascii(asked_.factor), asked_.service);
    while (rows.step()) {
      if (!asked_.team.empty() && !shares(rows.text(1), services_)) continue;
      incidents_.insert(rows.uid(0));
      add("incident/", rows.uid(0));
    }
  }

  void add_others() {
    auto changes = db_.query("SELECT uid, service FROM change");
    while (changes.step())
      if (services_.contains(changes.text(1))) add("change/", changes.uid(0));
    auto actions = db_.query(
        "SELECT action, field, value FROM action_field WHERE field IN ('team', 'services')");
    while (actions.step()) {
      const bool is_team = actions.text(1) == "team";
      if (is_team ? !asked_.team.empty() && actions.text(2) == asked_.team
                  : shares(actions.text(2), services_))
        add("action/", actions.uid(0));
    }
    auto definitions = db_.query(
        "SELECT subject, kind, name, json_extract(document, '$.spec.service') FROM definition");
    while (definitions.step())
      if (services_.contains(definitions.text(1) == "Service" ? definitions.text(2)
                                                              : definitions.text(3)))
        subjects_.push(definitions.text(0));
  }

  Db& db_;
  const SearchScope& asked_;
  std::set<std::string, std::less<>> services_;
  std::set<Uid> incidents_;
  Json subjects_ = Json::array();
};

}  // namespace

std::string subjects_in_scope(Db& db, const SearchScope& scope) {
  return Scope(db, scope).subjects().dump();
}

}  // namespace nines::store
