// One row per change; an amendment replaces the row.
#include "store/changes.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kChangeRecord{"change/", "CHG", "DELETE FROM change WHERE uid = ?"};

std::optional<std::int64_t> size_of(const catalog::Change& change) {
  return change.size ? std::optional(static_cast<std::int64_t>(*change.size)) : std::nullopt;
}

void apply_change(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto read = catalog::change_from(event.body);
  if (!uid || !read) return;
  const auto& c = *read;
  db.run(
      "INSERT OR REPLACE INTO change (uid, kind, service, version, config_hash, started, ended, "
      "author, system, reference, summary, size, touched, reverts) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, to_string(c.kind), c.service, c.version, c.config_hash, c.start, c.end, c.author,
      c.system, c.reference, c.summary, size_of(c), join(c.touched, "\n"), c.reverts);
  put_text(db, event.header,
           {.kind = "change",
            .title = catalog::describe(c),
            .text = c.summary + "\n" + c.author + "\n" + c.system + " " + c.reference,
            .at = c.start});
}

void apply_recorded(Db& db, const log::Event& event) {
  apply_change(db, event);
  name_record(db, kChangeRecord, event);
}

constexpr std::string_view kSelectChanges =
    "SELECT uid, kind, service, version, config_hash, started, ended, author, system, reference, "
    "summary, size, touched, reverts FROM change ";

catalog::Change change_of(Db& db, const Query& row) {
  catalog::Change c;
  c.uid = row.uid(0);
  c.kind = catalog::change_kind_from(row.text(1)).value_or(catalog::ChangeKind::deploy);
  c.service = row.text(2);
  c.version = row.text(3);
  c.config_hash = row.text(4);
  c.start = row.instant(5);
  if (!row.null(6)) c.end = row.instant(6);
  c.author = row.text(7);
  c.system = row.text(8);
  c.reference = row.text(9);
  c.summary = row.text(10);
  if (!row.null(11)) c.size = static_cast<std::uint64_t>(row.integer(11));
  if (const auto touched = row.text(12); !touched.empty())
    for (const auto one : split(touched, '\n')) c.touched.emplace_back(one);
  c.reverts = row.text(13);
  c.name = name_of(db, subject_of(kChangeRecord, c.uid));
  return c;
}

log::NewEvent change_event(const char* kind, const catalog::Change& change) {
  log::NewEvent event{.kind = kind, .subject = subject_of(kChangeRecord, change.uid)};
  event.body = catalog::to_json(change);
  event.occurred_at = change.start;
  return event;
}

}  // namespace

const Aggregate& change_aggregate() {
  static const std::array kKinds{Projection{"change.recorded", apply_recorded},
                                 Projection{"change.amended", apply_change}};
  static const Aggregate kAggregate{kChangeRecord.subjects, kKinds, clear_record<kChangeRecord>,
                                    R"sql(
CREATE TABLE change (
  uid BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  service TEXT NOT NULL,
  version TEXT NOT NULL,
  config_hash TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  author TEXT NOT NULL,
  system TEXT NOT NULL,
  reference TEXT NOT NULL,
  summary TEXT NOT NULL,
  size INTEGER,
  touched TEXT NOT NULL,
  reverts TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX change_when ON change (started);
)sql",
                                    {}, kNothingUnfinished};
  return kAggregate;
}

std::vector<catalog::Change> changes(const Store& store, const ChangeFilter& filter) {
  static const auto kSql = std::string(kSelectChanges) +
                           "WHERE (?1 IS NULL OR service = ?1) AND "
                           "(?2 IS NULL OR coalesce(ended, started) >= ?2) AND "
                           "(?3 IS NULL OR started < ?3) ORDER BY started, uid";
  std::vector<catalog::Change> found;
  auto rows = store.db().query(kSql, filter.service, filter.from, filter.to);
  while (rows.step()) found.push_back(change_of(store.db(), rows));
  return found;
}

std::optional<catalog::Change> find_change(const Store& store, const Uid& uid) {
  static const auto kSql = std::string(kSelectChanges) + "WHERE uid = ?";
  auto rows = store.db().query(kSql, uid);
  if (!rows.step()) return std::nullopt;
  return change_of(store.db(), rows);
}

log::NewEvent change_recorded(const catalog::Change& change, std::int64_t number) {
  auto event = change_event("change.recorded", change);
  event.body.set("number", number);
  return event;
}

log::NewEvent change_amended(const catalog::Change& change) {
  return change_event("change.amended", change);
}

}  // namespace nines::store
