// Heads of incidents from their table.
#include "store/incidents.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/incident_events.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"

namespace nines::store {
namespace {

using incident::Incident;
using incident::mode_from;
using incident::Origin;
using incident::Outcome;
using incident::outcome_from;
using incident::Severity;
using incident::severity_from;
using incident::Status;
using incident::status_from;

std::vector<std::string> words_in(const std::string& joined) {
  std::vector<std::string> words;
  for (const auto word : split(joined, ','))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

constexpr std::string_view kHead =
    "SELECT uid, title, mode, status, outcome, severity, priority, services, tags, into_subject, "
    "opened, closed, origin_system, origin_reference FROM incident ";

std::string commander_of(Db& db, const Uid& incident) {
  return db
      .text(
          "SELECT person FROM incident_role WHERE incident = ? AND role = 'commander' AND "
          "until IS NULL ORDER BY since DESC LIMIT 1",
          incident)
      .value_or("");
}

/// What stands in other tables, read in one go: sought for each row of a long list, it would cost
/// more than the rows.
struct Beside {
  std::map<Uid, std::string> names;
  std::map<Uid, std::string> commanders;
};

Beside read_beside(Db& db) {
  Beside beside{names_of(db, "INC"), {}};
  auto roles = db.query(
      "SELECT incident, person FROM incident_role WHERE role = 'commander' AND until IS NULL "
      "ORDER BY incident, role, since");  // the order of the key, so nothing is sorted
  while (roles.step())
    beside.commanders.insert_or_assign(beside.commanders.end(), roles.uid(0), roles.text(1));
  return beside;
}

/// Without `beside`, the name and the commander are looked up.
Incident head_of(Db& db, const Query& row, const Beside* beside = nullptr) {
  Incident head;
  head.uid = row.uid(0);
  if (beside != nullptr) {
    const auto name = beside->names.find(head.uid);
    if (name != beside->names.end()) head.name = name->second;
    const auto commander = beside->commanders.find(head.uid);
    if (commander != beside->commanders.end()) head.commander = commander->second;
  } else {
    head.commander = commander_of(db, head.uid);
  }
  if (head.name.empty()) head.name = name_of(db, incident_subject(head.uid));
  head.title = row.text(1);
  head.mode = mode_from(row.text(2)).value_or(incident::Mode::standard);
  head.status = status_from(row.text(3)).value_or(Status::declared);
  head.outcome = outcome_from(row.text(4)).value_or(Outcome::none);
  head.severity = severity_from(row.text(5)).value_or(Severity::undetermined);
  head.priority = row.text(6);
  head.services = words_in(row.text(7));
  head.tags = words_in(row.text(8));
  if (const auto into = row.text(9); !into.empty()) head.into = name_of(db, into);
  head.opened_at = row.instant(10);
  if (!row.null(11)) head.closed_at = row.instant(11);
  head.origin = {row.text(12), row.text(13)};
  return head;
}

/// Sorted here: in the order of their key the rows are read one after the other, while the index of
/// the times would have each one sought.
std::vector<Incident> newest_first(std::vector<Incident> found) {
  std::vector<const Incident*> order;
  order.reserve(found.size());
  for (const auto& one : found) order.push_back(&one);
  std::ranges::sort(order, [](const Incident* a, const Incident* b) {
    return std::tie(b->opened_at, b->uid) < std::tie(a->opened_at, a->uid);
  });
  std::vector<Incident> sorted;
  sorted.reserve(found.size());
  for (const auto* one : order)
    sorted.push_back(std::move(found[static_cast<std::size_t>(one - found.data())]));
  return sorted;
}

}  // namespace

std::vector<Incident> incidents(const Store& store, const IncidentFilter& filter) {
  static const auto kSql = std::string(kHead) +
                           "WHERE (?1 = 0 OR status <> 'closed') AND "
                           "(?2 IS NULL OR instr(',' || services || ',', ',' || ?2 || ',') > 0) "
                           "AND (?3 IS NULL OR (severity <> 'undetermined' AND severity <= ?3)) "
                           "AND (?4 IS NULL OR closed IS NULL OR closed >= ?4) AND "
                           "(?5 IS NULL OR opened < ?5)";
  const auto worst = filter.worst_of ? std::optional(to_string(*filter.worst_of)) : std::nullopt;
  std::vector<Incident> found;
  auto rows =
      store.db().query(kSql, filter.open_only, filter.service, worst, filter.from, filter.to);
  const auto beside = filter.open_only ? std::nullopt : std::optional(read_beside(store.db()));
  while (rows.step()) found.push_back(head_of(store.db(), rows, beside ? &*beside : nullptr));
  return newest_first(std::move(found));
}

std::map<Uid, Instant> times_of_milestone(const Store& store, std::string_view milestone) {
  std::map<Uid, Instant> times;
  auto rows = store.db().query("SELECT incident, at FROM incident_milestone WHERE name = ?",
                               std::string(milestone));
  while (rows.step()) times.emplace(rows.uid(0), rows.instant(1));
  return times;
}

std::optional<Incident> find_incident(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kHead) + "WHERE uid = ?";
  auto rows = store.db().query(kSql, uid);
  if (!rows.step()) return std::nullopt;
  return head_of(store.db(), rows);
}

std::optional<Uid> find_incident_from(const Store& store, const Origin& origin) {
  auto rows = store.db().query(
      "SELECT uid FROM incident WHERE origin_system = ? AND origin_reference = ? ORDER BY uid",
      origin.system, origin.reference);
  if (!rows.step()) return std::nullopt;
  return rows.uid(0);
}

std::optional<Uid> find_incident_with_source(const Store& store, const Origin& origin) {
  auto rows = store.db().query(
      "SELECT incident FROM incident_source WHERE system = ? AND reference = ? ORDER BY taken, "
      "incident",
      origin.system, origin.reference);
  if (!rows.step()) return std::nullopt;
  return rows.uid(0);
}

std::vector<std::string> zones_answered_for(const Store& store, std::string_view system) {
  std::vector<std::string> zones;
  auto rows = store.db().query(
      "SELECT zone FROM incident_source WHERE system = ? AND zone_by IN ('--zone', 'answer', "
      "'remembered') GROUP BY zone ORDER BY max(taken) DESC LIMIT 16",
      system);
  while (rows.step()) zones.push_back(rows.text(0));
  return zones;
}

std::optional<std::string> zone_of_source(const Store& store, const Origin& origin) {
  auto row = store.db().query(
      "SELECT zone FROM incident_source WHERE system = ? AND reference = ? ORDER BY taken DESC "
      "LIMIT 1",
      origin.system, origin.reference);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

}  // namespace nines::store
