// The tables of incidents, and how to forget one.
#include "store/incident_tables.hpp"

#include "store/db.hpp"
#include "store/incident_folds.hpp"
#include "store/numbers.hpp"

namespace nines::store {
namespace {

void clear_incident(Db& db, std::string_view subject) {
  const auto uid = Uid::parse(subject.substr(subject.find('/') + 1));
  if (!uid) return;
  db.run("DELETE FROM incident WHERE uid = ?", *uid);
  db.run("DELETE FROM incident_entry WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_milestone WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_role WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_impact WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_fact WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_source WHERE incident = ?", *uid);
  db.run("DELETE FROM incident_link WHERE incident = ?", *uid);
  drop_numbers(db, subject);
}

// The heads lie in the order of the times, so that a list of them is read as it lies, the newest
// first; with all that a list shows, what is seldom shown last: none of it is sought elsewhere.
constexpr std::string_view kIncidentTables = R"sql(
CREATE TABLE incident (
  opened INTEGER NOT NULL,
  uid BLOB NOT NULL,
  number INTEGER NOT NULL,
  commander TEXT NOT NULL,
  title TEXT NOT NULL,
  mode TEXT NOT NULL,
  status TEXT NOT NULL,
  outcome TEXT NOT NULL,
  severity TEXT NOT NULL,
  into_subject TEXT NOT NULL,
  closed INTEGER,
  services TEXT NOT NULL,
  tags TEXT NOT NULL,
  priority TEXT NOT NULL,
  origin_system TEXT NOT NULL,
  origin_reference TEXT NOT NULL,
  PRIMARY KEY (opened, uid)
) WITHOUT ROWID;
CREATE UNIQUE INDEX incident_uid ON incident (uid);
CREATE INDEX incident_open ON incident (opened) WHERE status <> 'closed';
CREATE INDEX incident_origin ON incident (origin_system, origin_reference);
CREATE TABLE incident_entry (
  incident BLOB NOT NULL,
  uid BLOB NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  precision TEXT NOT NULL,
  time TEXT NOT NULL,
  text TEXT NOT NULL,
  actor BLOB NOT NULL,
  author TEXT NOT NULL,
  role TEXT NOT NULL,
  visibility TEXT NOT NULL,
  estimate INTEGER NOT NULL,
  origin_system TEXT NOT NULL,
  origin_reference TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  hlc_counter INTEGER NOT NULL,
  replica BLOB NOT NULL,
  seq INTEGER NOT NULL,
  source TEXT NOT NULL,
  proposed INTEGER NOT NULL,
  corrections INTEGER NOT NULL,
  retracted INTEGER NOT NULL,
  PRIMARY KEY (incident, uid)
) WITHOUT ROWID;
CREATE INDEX incident_entry_when ON incident_entry (incident, at);
CREATE INDEX incident_entry_number ON incident_entry (incident, number);
CREATE TABLE incident_milestone (
  incident BLOB NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  precision TEXT NOT NULL,
  time TEXT NOT NULL,
  PRIMARY KEY (incident, name)
) WITHOUT ROWID;
CREATE TABLE incident_role (
  incident BLOB NOT NULL,
  role TEXT NOT NULL,
  person TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (incident, role, since, person)
) WITHOUT ROWID;
CREATE TABLE incident_impact (
  incident BLOB NOT NULL,
  service TEXT NOT NULL,
  region TEXT NOT NULL,
  at INTEGER NOT NULL,
  precision TEXT NOT NULL,
  time TEXT NOT NULL,
  level TEXT NOT NULL,
  weight TEXT NOT NULL,
  PRIMARY KEY (incident, service, region, at)
) WITHOUT ROWID;
CREATE TABLE incident_fact (
  incident BLOB NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  estimate INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  said_by TEXT NOT NULL,
  visibility TEXT NOT NULL,
  PRIMARY KEY (incident, name)
) WITHOUT ROWID;
CREATE TABLE incident_source (
  incident BLOB NOT NULL,
  system TEXT NOT NULL,
  reference TEXT NOT NULL,
  file TEXT NOT NULL,
  zone TEXT NOT NULL,
  zone_by TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  digest TEXT NOT NULL,
  raw TEXT NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (incident, system, reference)
) WITHOUT ROWID;
CREATE INDEX incident_source_origin ON incident_source (system, reference);
CREATE TABLE incident_link (
  incident BLOB NOT NULL,
  target TEXT NOT NULL,
  relation TEXT NOT NULL,
  PRIMARY KEY (incident, target, relation)
) WITHOUT ROWID;
)sql";

}  // namespace

const Aggregate& incident_aggregate() {
  static const Aggregate kAggregate{"incident/", incident_kinds(), clear_incident, kIncidentTables,
                                    {}, "SELECT uid FROM incident WHERE status <> 'closed'"};
  return kAggregate;
}

}  // namespace nines::store
