// One row per published report; its figures stay the JSON they came in.
#include "store/reports.hpp"

#include <array>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/log_aggregates.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kReportRecord{"report/", "RPT", "DELETE FROM report WHERE uid = ?"};

void apply_report_published(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto* figures = body.find("figures");
  if (!uid || figures == nullptr) return;
  db.run(
      "INSERT OR REPLACE INTO report (uid, verb, label, begins, ends, until, made, heads, by, "
      "figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, body.text("verb"), body.text("label"), from_epoch_micros(body.integer("from")),
      from_epoch_micros(body.integer("to")), from_epoch_micros(body.integer("until")),
      event.header.recorded_at, body.text("heads"), body.text("by"), figures->canonical());
  name_record(db, kReportRecord, event);
  put_text(db, event.header,
           {.kind = "report", .title = body.text("verb") + " " + body.text("label"), .text = ""});
}

constexpr std::string_view kSelectReports =
    "SELECT uid, verb, label, begins, ends, until, made, heads, by, figures FROM report ";

PublishedReport report_at(Db& db, const Query& row) {
  PublishedReport one{row.uid(0),
                      {},
                      row.text(1),
                      row.text(2),
                      row.instant(3),
                      row.instant(4),
                      row.instant(5),
                      row.instant(6),
                      row.text(7),
                      row.text(8),
                      {}};
  one.name = name_of(db, subject_of(kReportRecord, one.uid));
  const auto figures = Json::parse(row.text(9));
  if (figures.is_array())
    for (const auto& figure : figures.as_array())
      one.figures.push_back({figure.text("key"), figure.text("label"), figure.text("text")});
  return one;
}

}  // namespace

const Aggregate& report_aggregate() {
  static const std::array kKinds{Projection{"report.published", apply_report_published}};
  static const Aggregate kAggregate{kReportRecord.subjects, kKinds, clear_record<kReportRecord>,
                                    R"sql(
CREATE TABLE report (
  uid BLOB PRIMARY KEY,
  verb TEXT NOT NULL,
  label TEXT NOT NULL,
  begins INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  until INTEGER NOT NULL,
  made INTEGER NOT NULL,
  heads TEXT NOT NULL,
  by TEXT NOT NULL,
  figures TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX report_period ON report (begins, ends, made);
)sql"};
  return kAggregate;
}

log::NewEvent report_published(const PublishedReport& report, std::int64_t number) {
  auto figures = Json::array();
  for (const auto& figure : report.figures)
    figures.push(
        Json::object({{"key", figure.key}, {"label", figure.label}, {"text", figure.text}}));
  log::NewEvent event{.kind = "report.published",
                      .subject = subject_of(kReportRecord, report.uid),
                      .body = Json::object()};
  event.body.set("number", number)
      .set("verb", report.verb)
      .set("label", report.label)
      .set("from", epoch_micros(report.from))
      .set("to", epoch_micros(report.to))
      .set("until", epoch_micros(report.until))
      .set("heads", report.heads)
      .set("by", report.by)
      .set("figures", std::move(figures));
  return event;
}

std::optional<PublishedReport> last_report(const Store& store, Instant from, Instant to) {
  static const auto kLast = std::string(kSelectReports) +
                            "WHERE begins = ? AND ends = ? ORDER BY made DESC, uid DESC LIMIT 1";
  auto& db = store.db();
  auto row = db.query(kLast, from, to);
  if (!row.step()) return std::nullopt;
  return report_at(db, row);
}

std::vector<PublishedReport> published_reports(const Store& store) {
  static const auto kAll = std::string(kSelectReports) + "ORDER BY made, uid";
  auto& db = store.db();
  auto rows = db.query(kAll);
  std::vector<PublishedReport> found;
  while (rows.step()) found.push_back(report_at(db, rows));
  return found;
}

std::string heads_text(const Store& store) {
  auto rows =
      store.db().query("SELECT replica, max(seq) FROM event GROUP BY replica ORDER BY replica");
  std::vector<std::string> heads;
  while (rows.step())
    heads.push_back(
        log::to_string(log::EventRef{rows.uid(0), static_cast<std::uint64_t>(rows.integer(1))}));
  return join(heads, " ");
}

std::optional<Instant> first_recorded(const Store& store, std::string_view prefix) {
  // Kinds are lower-case letters, dots and underscores: '~' stands behind all of them.
  const auto first = store.db().integer(
      "SELECT min(min(occurred_at, recorded_at)) FROM event WHERE kind >= ?1 AND kind < ?1 || '~' "
      "AND tx NOT IN (SELECT tx FROM undone)",
      prefix);
  return first ? std::optional(from_epoch_micros(*first)) : std::nullopt;
}

std::optional<Instant> last_recorded(const Store& store) {
  const auto last = store.db().integer("SELECT max(recorded_at) FROM event");
  return last ? std::optional(from_epoch_micros(*last)) : std::nullopt;
}

std::vector<CommandOnRecord> commands_since(const Store& store, Instant after) {
  static const auto kSince = event_select(
      "WHERE e.hlc > ? AND e.tx_index = 0 ORDER BY e.hlc, e.hlc_counter, e.replica, e.seq");
  auto& db = store.db();
  auto rows = db.query(kSince, epoch_micros(after));
  std::vector<CommandOnRecord> found;
  while (rows.step()) {
    const auto event = event_at(rows);
    const auto& h = event.header;
    found.push_back({h.tx, h.ref, from_epoch_micros(h.hlc.micros), h.kind, name_of(db, h.subject),
                     actor_name(db, h.actor), event.body.text("command"),
                     event.body.text("because")});
  }
  return found;
}

}  // namespace nines::store
