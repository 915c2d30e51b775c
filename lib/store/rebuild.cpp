// Staging first, then one commit: readers and writers go on while the log is replayed.
#include "store/rebuild.hpp"

#include "store/as_of.hpp"
#include "store/event_log.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

void copy_rows(Db& from, Db& to, const std::string& table) {
  auto rows = from.query("SELECT * FROM main.\"" + table + "\"");
  std::string marks = "?";
  for (int i = 1; i < rows.columns(); ++i) marks += ", ?";
  const auto sql = "INSERT INTO \"" + table + "\" VALUES (" + marks + ")";
  auto insert = to.query(sql);
  while (rows.step()) {
    for (int i = 0; i < rows.columns(); ++i) insert.bind_column(i + 1, rows, i);
    insert.run();
    insert.rewind();
  }
}

void replace_tables(Db& staged, Db& db) {
  const auto ddl = projection_tables();
  for (const auto& table : table_names(ddl)) db.script("DROP TABLE IF EXISTS \"" + table + "\"");
  db.script(ddl);
  for (const auto& table : table_names(ddl)) copy_rows(staged, db, table);
  index_texts(db);
}

}  // namespace

Rebuilt rebuild_projections(Store& store) {
  auto& db = store.db();
  for (;;) {
    auto staged = replay_beside(store.path(), std::nullopt);
    Rebuilt result{
        static_cast<std::uint64_t>(staged.integer("SELECT count(*) FROM disk.event").value_or(0)),
        differing_tables(staged)};
    db.script("BEGIN IMMEDIATE");
    try {
      // Something was appended while the log was replayed: what is staged is old already.
      const bool current = event_count(db) == result.events;
      if (current) replace_tables(staged, db);
      db.script(current ? "COMMIT" : "ROLLBACK");
      if (current) return result;
    } catch (...) {
      if (db.in_transaction()) db.script("ROLLBACK");
      throw;
    }
  }
}

}  // namespace nines::store
