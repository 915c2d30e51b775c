// The hash of the definitions among the facts of the file; a file without it is compared by hand.
#include "store/shape.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kTablesKey = "tables";

/// It is asked at every start, and tells texts apart that are all ours: no proof, so the fast hash.
const std::string& shape() {
  static const auto kShape = to_hex(xxh3_128(projection_tables() + std::string(kSearchIndex)));
  return kShape;
}

bool has_all_definitions(Db& db) {
  Db ours({}, Access::memory, std::chrono::milliseconds{0});
  ours.script(projection_tables() + std::string(kSearchIndex));
  auto rows = ours.query("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
  while (rows.step())
    if (!db.integer("SELECT 1 FROM sqlite_schema WHERE name = ? AND sql = ?", rows.text(0),
                    rows.text(1)))
      return false;
  return true;
}

/// Those of projections that this program no longer has, too: no erasure would reach them.
std::vector<std::string> tables_of_projections(Db& db) {
  const auto kept = table_names(log_tables() + content_tables());
  std::vector<std::string> names;
  auto rows = db.query(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') "
      "AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table', name");
  while (rows.step())
    if (!std::binary_search(kept.begin(), kept.end(), rows.text(0))) names.push_back(rows.text(0));
  return names;
}

void make_tables_anew(Db& db) {
  for (const auto& table : tables_of_projections(db)) db.script("DROP TABLE \"" + table + "\"");
  db.script(projection_tables());
  watch_texts(db);
  fold_everything(db);
  forget_changes(db);
  index_texts(db);
}

}  // namespace

bool tables_fit(Db& db) {
  const auto noted = local_fact(db, kTablesKey);
  return noted ? *noted == shape() : has_all_definitions(db);
}

void require_fit(const Store& store) {
  // As of an earlier time they are made in memory, by this program.
  if (store.state().options.as_of || tables_fit(store.db())) return;
  throw Error(
      ExitCode::config,
      "cannot read '" + store.path().string() +
          "': its tables were made by another version of nines",
      "nines doctor --rebuild makes them anew from the log, as any command that writes does",
      "STORE_TABLES_OTHER");
}

void note_shape(Db& db) { set_local_fact(db, kTablesKey, shape()); }

void fit_tables(Db& db) {
  if (local_fact(db, kTablesKey) == shape()) return;
  db.script("BEGIN IMMEDIATE");
  try {
    // Another process may have done it while this one waited for the lock.
    if (!tables_fit(db)) make_tables_anew(db);
    note_shape(db);
    db.script("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

}  // namespace nines::store
