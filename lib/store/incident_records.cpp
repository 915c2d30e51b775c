// Everything about one incident from its tables: milestones, roles, impact, facts, lines.
#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"

namespace nines::store {
namespace {

using incident::Entry;
using incident::entry_kind_from;
using incident::EntryKind;
using incident::EntrySource;
using incident::Fact;
using incident::impact_level_from;
using incident::ImpactLevel;
using incident::Origin;
using incident::Record;
using incident::RoleSpan;
using incident::stated_time_from;
using incident::StatedTime;
using incident::Visibility;
using incident::visibility_from;

StatedTime time_of(const Query& row, int at, int precision, int json) {
  const auto text = row.text(json);
  return stated_time_from(text.empty() ? Json::object() : Json::parse(text), row.instant(at),
                          precision_from(row.text(precision)).value_or(Precision::exact));
}

constexpr std::string_view kEntry =
    "SELECT uid, number, kind, at, precision, time, text, actor, author, role, visibility, "
    "estimate, recorded, origin_system, origin_reference, corrections, retracted, source, "
    "proposed FROM incident_entry WHERE incident = ? ";

/// Numbers that two machines gave while they were apart. Asked once for all lines: asked for each,
/// a timeline of 100,000 would take hours.
std::set<std::int64_t> shared_numbers(Db& db, const Uid& incident) {
  std::set<std::int64_t> shared;
  auto rows = db.query(
      "SELECT number FROM incident_entry WHERE incident = ? AND number > 0 GROUP BY number "
      "HAVING count(*) > 1",
      incident);
  while (rows.step()) shared.insert(rows.integer(0));
  return shared;
}

/// Subjects in the lines that the tool wrote, as people call them.
std::string with_names(Db& db, std::string text) {
  constexpr std::string_view kPrefix = "incident/";
  const auto at = text.find(kPrefix);
  if (at == std::string::npos || text.size() < at + kPrefix.size() + 36) return text;
  const auto subject = text.substr(at, kPrefix.size() + 36);
  if (!Uid::parse(subject.substr(kPrefix.size()))) return text;
  return text.replace(at, subject.size(), name_of(db, subject));
}

EntrySource entry_source(const std::string& text) {
  if (text.empty()) return {};
  const auto json = Json::parse(text);
  return {static_cast<int>(json.integer("line")), json.text("key"), json.text("below"),
          parse_rfc3339(json.text("recorded_there"))};
}

Entry entry_of(Db& db, const Query& row, const std::set<std::int64_t>& shared,
               std::map<Uid, std::string>& actors) {
  Entry entry;
  entry.uid = row.uid(0);
  entry.number = row.integer(1);
  if (entry.number > 0) entry.name = std::to_string(entry.number);
  if (shared.contains(entry.number)) entry.name += "-" + entry.uid.suffix(2);
  entry.kind = entry_kind_from(row.text(2)).value_or(EntryKind::note);
  entry.when = time_of(row, 3, 4, 5);
  entry.text = entry.kind == EntryKind::state ? with_names(db, row.text(6)) : row.text(6);
  entry.author = row.text(8);
  if (entry.author.empty()) {
    auto [known, fresh] = actors.try_emplace(row.uid(7));
    if (fresh) known->second = actor_name(db, known->first);
    entry.author = known->second;
  }
  entry.role = row.text(9);
  entry.visibility = visibility_from(row.text(10)).value_or(Visibility::internal);
  entry.estimate = row.integer(11) != 0;
  entry.recorded_at = row.instant(12);
  entry.origin = {row.text(13), row.text(14)};
  entry.corrections = static_cast<int>(row.integer(15));
  entry.retracted = row.integer(16) != 0;
  entry.source = entry_source(row.text(17));
  entry.proposed = row.integer(18) != 0;
  return entry;
}

std::vector<Entry> entries_of(Db& db, const Uid& incident, Query rows) {
  std::vector<Entry> entries;
  std::map<Uid, std::string> actors;
  const auto shared = shared_numbers(db, incident);
  while (rows.step()) entries.push_back(entry_of(db, rows, shared, actors));
  return entries;
}

/// Who held a role when they wrote in it.
void fill_roles(Record& record) {
  for (auto& entry : record.entries) {
    if (!entry.role.empty()) continue;
    for (const auto& span : record.roles)
      if (span.person == entry.author && span.since <= entry.recorded_at &&
          (!span.until || entry.recorded_at < *span.until))
        entry.role = span.role;
  }
}

void read_milestones(Db& db, const Uid& uid, Record& record) {
  auto rows = db.query(
      "SELECT name, at, precision, time FROM incident_milestone WHERE incident = ? ORDER BY at",
      uid);
  while (rows.step()) record.milestones.emplace(rows.text(0), time_of(rows, 1, 2, 3));
}

void read_roles(Db& db, const Uid& uid, Record& record) {
  auto rows = db.query(
      "SELECT role, person, since, until FROM incident_role WHERE incident = ? "
      "ORDER BY since, role, person",
      uid);
  while (rows.step()) {
    RoleSpan span{rows.text(0), rows.text(1), rows.instant(2), std::nullopt};
    if (!rows.null(3)) span.until = rows.instant(3);
    record.roles.push_back(std::move(span));
  }
}

void read_impact(Db& db, const Uid& uid, Record& record) {
  auto rows = db.query(
      "SELECT service, region, level, weight, at, precision, time FROM incident_impact "
      "WHERE incident = ? ORDER BY service, region, at",
      uid);
  while (rows.step())
    record.impact.push_back({rows.text(0), rows.text(1),
                             impact_level_from(rows.text(2)).value_or(ImpactLevel::full),
                             Decimal::parse(rows.text(3)), time_of(rows, 4, 5, 6)});
}

void read_facts_and_links(Db& db, const Uid& uid, Record& record) {
  auto facts = db.query(
      "SELECT name, value, estimate, as_of, said_by, visibility FROM incident_fact WHERE incident "
      "= ? "
      "ORDER BY name",
      uid);
  while (facts.step()) {
    Fact fact{facts.text(0), std::nullopt, facts.integer(2) != 0, facts.instant(3), facts.text(4)};
    if (!facts.null(1)) fact.value = facts.text(1);
    fact.visibility = visibility_from(facts.text(5)).value_or(Visibility::internal);
    record.facts.push_back(std::move(fact));
  }
  auto links = db.query(
      "SELECT target, relation FROM incident_link WHERE incident = ? ORDER BY relation, target",
      uid);
  while (links.step()) record.links.push_back({links.text(0), links.text(1)});
}

void read_sources(Db& db, const Uid& uid, Record& record) {
  auto rows = db.query(
      "SELECT system, reference, file, zone, zone_by, bytes, digest, raw, taken "
      "FROM incident_source WHERE incident = ? ORDER BY taken, system, reference",
      uid);
  while (rows.step())
    record.sources.push_back({{rows.text(0), rows.text(1)},
                              rows.text(2),
                              rows.text(3),
                              rows.text(4),
                              rows.integer(5),
                              rows.text(6),
                              rows.text(7),
                              rows.instant(8)});
}

}  // namespace

Record incident_record(const Store& store, const Uid& uid, Lines lines) {
  auto head = find_incident(store, uid);
  if (!head)
    throw Error(ExitCode::not_found, "no incident " + uid.to_string(), "nines incident list");
  Record record;
  record.head = std::move(*head);
  auto& db = store.db();
  read_milestones(db, uid, record);
  read_roles(db, uid, record);
  read_impact(db, uid, record);
  read_facts_and_links(db, uid, record);
  read_sources(db, uid, record);
  if (lines == Lines::none) return record;
  static const auto kSql =
      std::string(kEntry) + "AND (retracted = 0 OR ?2) ORDER BY at, hlc, hlc_counter, replica, seq";
  record.entries = entries_of(db, uid, db.query(kSql, uid, lines == Lines::all));
  fill_roles(record);
  return record;
}

std::vector<Entry> last_entries(const Store& store, const Uid& uid, int count) {
  static const auto kSql = "SELECT * FROM (" + std::string(kEntry) +
                           "AND retracted = 0 ORDER BY at DESC, hlc DESC, hlc_counter DESC, "
                           "replica DESC, seq DESC LIMIT ?2)";
  auto entries = entries_of(store.db(), uid, store.db().query(kSql, uid, count));
  std::reverse(entries.begin(), entries.end());
  return entries;
}

std::vector<ToldLine> told_lines(const Store& store, const Uid& uid, int most) {
  std::vector<ToldLine> lines;
  auto rows = store.db().query(
      "SELECT text, origin_system <> '' FROM incident_entry WHERE incident = ? AND retracted = 0 "
      "AND kind <> 'state' AND visibility <> 'privileged' "
      "ORDER BY at, hlc, hlc_counter, replica, seq LIMIT ?",
      uid, most);
  while (rows.step()) lines.push_back({rows.text(0), rows.integer(1) != 0});
  return lines;
}

bool has_entry(const Store& store, const Uid& incident, const Uid& entry) {
  return store.db()
      .integer("SELECT 1 FROM incident_entry WHERE incident = ? AND uid = ?", incident, entry)
      .has_value();
}

Entry get_entry(const Store& store, const Uid& incident, const std::string& name) {
  static const auto kSql = std::string(kEntry) + "AND number > 0 AND number = ?2 ORDER BY uid";
  const auto bare = name.starts_with("#") ? name.substr(1) : name;
  const auto digits = bare.substr(0, bare.find('-'));
  const bool numeric = !digits.empty() && digits.size() < 10 &&
                       digits.find_first_not_of("0123456789") == std::string::npos;
  const std::int64_t number = numeric ? std::stoll(digits) : 0;
  auto found = entries_of(store.db(), incident, store.db().query(kSql, incident, number));
  std::erase_if(found, [&](const Entry& entry) {
    return bare.find('-') != std::string::npos && entry.name != bare;
  });
  if (found.size() == 1) return std::move(found.front());
  Error error(ExitCode::not_found,
              (found.empty() ? "no entry '" : "several entries are called '") + name + "'",
              "nines incident timeline shows their numbers", "NO_ENTRY");
  for (const auto& entry : found) error.note(entry.name + "  " + entry.text);
  throw error;
}

bool has_entry_from(const Store& store, const Uid& uid, const Origin& origin) {
  return store.db()
      .integer(
          "SELECT 1 FROM incident_entry WHERE incident = ? AND origin_system = ? AND "
          "origin_reference = ? LIMIT 1",
          uid, origin.system, origin.reference)
      .has_value();
}

std::set<std::pair<std::string, std::string>> entry_origins(const Store& store, const Uid& uid) {
  std::set<std::pair<std::string, std::string>> origins;
  auto rows = store.db().query(
      "SELECT origin_system, origin_reference FROM incident_entry WHERE incident = ? AND "
      "origin_system <> ''",
      uid);
  while (rows.step()) origins.emplace(rows.text(0), rows.text(1));
  return origins;
}

}  // namespace nines::store
