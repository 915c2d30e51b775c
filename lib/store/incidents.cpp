// Heads of incidents from their table.
#include "store/incidents.hpp"

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/incident_events.hpp"
#include "store/numbers.hpp"

namespace nines::store {
namespace {

using incident::Incident;
using incident::Origin;

constexpr std::string_view kIncidentPrefix = "INC";

std::vector<std::string> words_in(std::string_view joined) {
  std::vector<std::string> words;
  if (joined.empty()) return words;
  for (const auto word : split(joined, ','))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

enum Column {
  kUid,
  kNumber,
  kCommander,
  kTitle,
  kMode,
  kStatus,
  kOutcome,
  kSeverity,
  kInto,
  kOpened,
  kClosed,
  kServices,
  kTags,
  kPriority,
  kSystem,
  kReference
};
constexpr std::string_view kHead =
    "SELECT uid, number, commander, title, mode, status, outcome, severity, into_subject, opened, "
    "closed, services, tags, priority, origin_system, origin_reference FROM incident ";

/// Only the conditions that are asked for: each is held against every row.
std::string list_sql(const IncidentFilter& filter) {
  std::vector<std::string> conditions;
  if (filter.open_only) conditions.emplace_back("status <> 'closed'");
  if (filter.service) conditions.emplace_back("instr(',' || services || ',', ',' || ? || ',') > 0");
  if (filter.worst_of) conditions.emplace_back("severity <> 'undetermined' AND severity <= ?");
  if (filter.from) conditions.emplace_back("(closed IS NULL OR closed >= ?)");
  if (filter.to) conditions.emplace_back("opened < ?");
  auto sql = std::string(kHead);
  if (!conditions.empty()) sql += "WHERE " + join(conditions, " AND ");
  return sql + " ORDER BY opened DESC, uid DESC";
}

}  // namespace

Uid IncidentRow::uid() const { return row_.uid(kUid); }
std::string_view IncidentRow::commander() const { return row_.view(kCommander); }
std::string_view IncidentRow::title() const { return row_.view(kTitle); }
std::string_view IncidentRow::services() const { return row_.view(kServices); }
std::string_view IncidentRow::tags() const { return row_.view(kTags); }
Instant IncidentRow::opened_at() const { return row_.instant(kOpened); }

std::string IncidentRow::name() const {
  const auto number = row_.integer(kNumber);
  if (clashing_ == nullptr || clashing_->contains(number))
    return name_of(db_, incident_subject(uid()));
  return std::string(kIncidentPrefix) + "-" + std::to_string(number);
}

std::string IncidentRow::into() const {
  const auto subject = row_.view(kInto);
  return subject.empty() ? std::string() : name_of(db_, subject);
}

incident::Mode IncidentRow::mode() const {
  return incident::mode_from(row_.view(kMode)).value_or(incident::Mode::standard);
}
incident::Status IncidentRow::status() const {
  return incident::status_from(row_.view(kStatus)).value_or(incident::Status::declared);
}
incident::Outcome IncidentRow::outcome() const {
  return incident::outcome_from(row_.view(kOutcome)).value_or(incident::Outcome::none);
}
incident::Severity IncidentRow::severity() const {
  return incident::severity_from(row_.view(kSeverity)).value_or(incident::Severity::undetermined);
}

std::optional<Instant> IncidentRow::closed_at() const {
  return row_.null(kClosed) ? std::nullopt : std::optional(row_.instant(kClosed));
}

Incident IncidentRow::head() const {
  Incident head;
  head.uid = uid();
  head.name = name();
  head.title = title();
  head.mode = mode();
  head.status = status();
  head.outcome = outcome();
  head.severity = severity();
  head.priority = row_.view(kPriority);
  head.services = words_in(services());
  head.tags = words_in(tags());
  head.commander = commander();
  head.into = into();
  head.opened_at = opened_at();
  head.closed_at = closed_at();
  head.origin = {row_.text(kSystem), row_.text(kReference)};
  return head;
}

void each_incident(const Store& store, const IncidentFilter& filter,
                   const std::function<void(const IncidentRow&)>& take) {
  auto& db = store.db();
  const auto clashing = clashing_numbers(db, kIncidentPrefix);
  auto rows = db.query(list_sql(filter));
  int place = 0;
  if (filter.service) rows.bind(++place, *filter.service);
  if (filter.worst_of) rows.bind(++place, to_string(*filter.worst_of));
  if (filter.from) rows.bind(++place, *filter.from);
  if (filter.to) rows.bind(++place, *filter.to);
  const IncidentRow row(db, rows, &clashing);
  while (rows.step()) take(row);
}

std::vector<Incident> incidents(const Store& store, const IncidentFilter& filter) {
  std::vector<Incident> found;
  each_incident(store, filter, [&](const IncidentRow& row) { found.push_back(row.head()); });
  return found;
}

std::optional<Instant> time_of_milestone(const Store& store, const Uid& incident,
                                         std::string_view milestone) {
  auto row = store.db().query("SELECT at FROM incident_milestone WHERE incident = ? AND name = ?",
                              incident, milestone);
  return row.step() ? std::optional(row.instant(0)) : std::nullopt;
}

std::optional<Incident> find_incident(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kHead) + "WHERE uid = ?";
  auto rows = store.db().query(kSql, uid);
  if (!rows.step()) return std::nullopt;
  return IncidentRow(store.db(), rows).head();
}

std::optional<Uid> find_incident_from(const Store& store, const Origin& origin) {
  auto rows = store.db().query(
      "SELECT uid FROM incident WHERE origin_system = ? AND origin_reference = ? ORDER BY uid",
      origin.system, origin.reference);
  if (rows.step()) return rows.uid(0);
  require_origin_here(store.db(), origin.system, origin.reference);
  return std::nullopt;
}

std::optional<Uid> find_incident_with_source(const Store& store, const Origin& origin) {
  auto rows = store.db().query(
      "SELECT incident FROM incident_source WHERE system = ? AND reference = ? ORDER BY taken, "
      "incident",
      origin.system, origin.reference);
  if (rows.step()) return rows.uid(0);
  require_origin_here(store.db(), origin.system, origin.reference);
  return std::nullopt;
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
