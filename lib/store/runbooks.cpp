// One row per link to a runbook.
#include "store/runbooks.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kRunbookRecord{"runbook/", "RBK", "DELETE FROM runbook WHERE uid = ?"};

void apply_runbook_linked(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  if (!uid) return;
  const auto& body = event.body;
  db.run(
      "INSERT OR REPLACE INTO runbook (uid, at, turn, link, kind, about, added_by, reviewed) VALUES "
      "(?, ?, ?, ?, ?, ?, ?, NULL)",
      *uid, event.header.occurred_at, event.header.hlc.counter, body.text("link"),
      body.text("kind"), body.text("about"), body.text("by"));
  put_text(db, event.header,
           {.kind = "runbook", .title = body.text("link"), .text = body.text("about")});
  name_record(db, kRunbookRecord, event);
}

void apply_runbook_reviewed(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE runbook SET reviewed = ? WHERE uid = ?", event.header.occurred_at, *uid);
}

std::vector<std::string> reviewed_field(const log::Event&) { return {"reviewed"}; }

}  // namespace

const Aggregate& runbook_aggregate() {
  static const std::array kKinds{
      Projection{"runbook.linked", apply_runbook_linked},
      Projection{"runbook.reviewed", apply_runbook_reviewed, reviewed_field}};
  static const Aggregate kAggregate{kRunbookRecord.subjects, kKinds, clear_record<kRunbookRecord>,
                                    R"sql(
CREATE TABLE runbook (
  uid BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  link TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  added_by TEXT NOT NULL,
  reviewed INTEGER
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::vector<remediate::RunbookLink> runbook_links(const Store& store) {
  auto names = names_of(store.db(), kRunbookRecord.prefix);
  auto rows = store.db().query(
      "SELECT uid, at, link, kind, about, added_by, reviewed FROM runbook ORDER BY at, turn, uid");
  std::vector<remediate::RunbookLink> found;
  while (rows.step()) {
    remediate::RunbookLink one{rows.uid(0),  {},           rows.text(2),    rows.text(3),
                               rows.text(4), rows.text(5), rows.instant(1), std::nullopt};
    one.name = std::move(names[one.uid]);
    if (!rows.null(6)) one.reviewed = rows.instant(6);
    found.push_back(std::move(one));
  }
  return found;
}

log::NewEvent runbook_linked(const remediate::RunbookLink& link, std::int64_t number) {
  log::NewEvent event{.kind = "runbook.linked",
                      .subject = subject_of(kRunbookRecord, link.uid),
                      .body = Json::object(),
                      .occurred_at = link.at};
  event.body.set("link", link.link)
      .set("kind", link.kind)
      .set("about", link.about)
      .set("by", link.by)
      .set("number", number);
  return event;
}

log::NewEvent runbook_reviewed(const Uid& link, Instant at) {
  return {.kind = "runbook.reviewed",
          .subject = subject_of(kRunbookRecord, link),
          .body = Json::object(),
          .occurred_at = at};
}

}  // namespace nines::store
