// Rows of searchable text, and the FTS5 index that follows them.
#include "store/search.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kSearchUnclean = "search unclean";

/// Who wrote something first, and under which key, is a side effect of a command with its reason.
bool has_reason_of_its_own(std::string_view kind) {
  return !kind.starts_with("actor.") && !kind.starts_with("replica.") && !kind.starts_with("key.");
}

constexpr int kHashBits = 46;
constexpr std::int64_t kLastDay = (std::int64_t{1} << (63 - kHashBits)) - 1;  ///< in 2328

/// The day, then bits of a hash: the index keeps its rows by number, so the newest are read first
/// and a stretch of time is a range; and every replica and every rebuild numbers the rows alike.
std::int64_t row_id(std::string_view subject, std::string_view part, Instant at) {
  const auto digest = Sha256().add(subject).add(std::string_view("\0", 1)).add(part).finish();
  std::uint64_t hash = 0;
  for (int i = 0; i < 8; ++i) hash = hash << 8 | digest[static_cast<std::size_t>(i)];
  return first_row_of(at) | static_cast<std::int64_t>(hash >> (64 - kHashBits));
}

bool is_taken(Db& db, std::int64_t id) {
  return db.integer("SELECT 1 FROM search_text WHERE id = ?", id).has_value();
}

void touch(Db& db, std::int64_t id) {
  db.run(
      "INSERT OR IGNORE INTO temp.search_touched VALUES (?1, "
      "(SELECT title FROM search_text WHERE id = ?1), (SELECT text FROM search_text WHERE id = "
      "?1))",
      id);
}

void unindex(Db& db, std::int64_t id, const std::string& title, const std::string& text) {
  db.run("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", id, title,
         text);
}

void index_changes(Db& db) {
  auto rows = db.query(
      "SELECT t.id, t.title, t.text, s.title, s.text FROM temp.search_touched t "
      "LEFT JOIN search_text s ON s.id = t.id ORDER BY t.id");
  while (rows.step()) {
    const bool was = !rows.null(1);
    const bool is = !rows.null(3);
    if (was && is && rows.text(1) == rows.text(3) && rows.text(2) == rows.text(4)) continue;
    if (was) unindex(db, rows.integer(0), rows.text(1), rows.text(2));
    if (is)
      db.run("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", rows.integer(0),
             rows.text(3), rows.text(4));
  }
}

/// The row of this text; where it stood on another day, the row there is taken away.
std::int64_t place_of(Db& db, std::string_view subject, std::string_view part, Instant at) {
  auto id = row_id(subject, part, at);
  const auto known =
      db.integer("SELECT id FROM search_text WHERE subject = ? AND part = ?", subject, part);
  if (known && *known >> kHashBits == id >> kHashBits) return *known;
  if (known) {
    touch(db, *known);
    db.run("DELETE FROM search_text WHERE id = ?", *known);
  }
  while (is_taken(db, id)) ++id;
  return id;
}

}  // namespace

std::int64_t first_row_of(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
  return std::clamp<std::int64_t>(day, 0, kLastDay) << kHashBits;
}

const std::string_view kSearchIndex = R"sql(
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (
  title, text, content='search_text', content_rowid='id', prefix='3',
  tokenize='unicode61 remove_diacritics 2'
);
)sql";

const Aggregate& search_aggregate() {
  static const Aggregate kAggregate{"search/", {}, drop_texts, R"sql(
CREATE TABLE search_text (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  part TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  tx BLOB NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE UNIQUE INDEX search_text_part ON search_text (subject, part);
)sql"};
  return kAggregate;
}

void put_text(Db& db, const log::EventHeader& header, const SearchText& text) {
  const auto at = text.at.value_or(header.occurred_at);
  const auto id = place_of(db, header.subject, text.part, at);
  touch(db, id);
  db.run("INSERT OR REPLACE INTO search_text VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, header.subject,
         text.part, text.kind, at, header.tx, text.title, text.text);
}

void put_reason(Db& db, const log::Event& event) {
  const auto because = event.body.is_object() ? event.body.text("because") : std::string();
  if (because.empty() || !has_reason_of_its_own(event.header.kind)) return;
  const auto part = "because/" + event.header.tx.to_string();
  put_text(db, event.header,
           {.kind = kReasonKind,
            .title = event.body.text("command"),
            .text = because,
            .part = part,
            .at = event.header.recorded_at});
}

void drop_texts(Db& db, std::string_view subject) {
  db.run(
      "INSERT OR IGNORE INTO temp.search_touched SELECT id, title, text FROM search_text "
      "WHERE subject = ?",
      subject);
  db.run("DELETE FROM search_text WHERE subject = ?", subject);
}

// The old words are needed to take them out of the index. A temporary table follows a rollback.
void watch_texts(Db& db) {
  db.script(
      "CREATE TEMP TABLE IF NOT EXISTS search_touched "
      "(id INTEGER PRIMARY KEY, title TEXT, text TEXT)");
}

void forget_changes(Db& db) { db.run("DELETE FROM temp.search_touched"); }

void forget_words(Db& db) { set_local_fact(db, kSearchUnclean, "1"); }

void index_texts(Db& db) {
  db.script(std::string(kSearchIndex));
  db.run("INSERT INTO search (search) VALUES ('rebuild')");
}

void settle_texts(Db& db) {
  if (local_fact(db, kSearchUnclean).value_or("").empty()) {
    index_changes(db);
  } else {
    index_texts(db);
    set_local_fact(db, kSearchUnclean, "");
  }
  forget_changes(db);
}

bool index_differs(Db& replayed) {
  index_texts(replayed);
  replayed.script(
      "CREATE VIRTUAL TABLE temp.words_of_rows USING fts5vocab(main, search, instance);"
      "CREATE VIRTUAL TABLE temp.words_on_disk USING fts5vocab(disk, search, instance)");
  const auto one_way = [&](const std::string& a, const std::string& b) {
    return replayed
        .integer("SELECT 1 FROM (SELECT * FROM temp." + a + " EXCEPT SELECT * FROM temp." + b +
                 ") LIMIT 1")
        .has_value();
  };
  return one_way("words_of_rows", "words_on_disk") || one_way("words_on_disk", "words_of_rows");
}

}  // namespace nines::store
