// The list of migrations, and how they run.
#include "store/migrations.hpp"

#include "base/error.hpp"
#include "store/backup.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"
#include "store/series_tables.hpp"

namespace nines::store {
namespace {

int pragma(Db& db, std::string_view sql) { return static_cast<int>(db.integer(sql).value_or(0)); }

void run_step(Db& db, const Migration& step) {
  db.script("BEGIN IMMEDIATE");
  try {
    // Another process may have done it while this one waited for the lock.
    if (pragma(db, "PRAGMA user_version") < step.version) {
      db.script(step.sql);
      db.script("PRAGMA application_id = " + std::to_string(kApplicationId));
      db.script("PRAGMA user_version = " + std::to_string(step.version));
    }
    db.script("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

}  // namespace

std::vector<Migration> migrations() {
  return {{1, "the first tables",
           log_tables() + content_tables() + projection_tables() + std::string(kSearchIndex)},
          {2, "the list of records that are left at a place", std::string(kLeftOutTables)},
          {3, "sums of parts are read without the parts", std::string(kSumsOfParts)}};
}

SchemaState check_schema(Db& db) {
  const int version = pragma(db, "PRAGMA user_version");
  const int application = pragma(db, "PRAGMA application_id");
  const auto name = "'" + db.path().string() + "'";
  if (application == kApplicationId) {
    if (version > kSchemaVersion)
      throw Error(ExitCode::config,
                  name + " was written by a newer nines (schema " + std::to_string(version) +
                      ", this one knows " + std::to_string(kSchemaVersion) + ")",
                  "install the newer nines; the file was not touched", "STORE_NEWER");
    return version == kSchemaVersion ? SchemaState::current : SchemaState::older;
  }
  if (version == 0 && application == 0 && !db.integer("SELECT 1 FROM sqlite_schema LIMIT 1"))
    return SchemaState::empty;
  throw Error(ExitCode::config, name + " is an SQLite file of another program, not a nines store",
              "name the store with --db FILE, or make one with nines init", "STORE_FOREIGN");
}

std::filesystem::path migrate(Db& db, Instant now) {
  std::filesystem::path backup;
  const int from = pragma(db, "PRAGMA user_version");
  if (from > 0) {
    backup = db.path().string() + ".v" + std::to_string(from) + "-" +
             std::to_string(epoch_micros(now) / 1'000'000) + ".bak";
    copy_store(db, backup);
  }
  for (const auto& step : migrations())
    if (step.version > from) run_step(db, step);
  return backup;
}

}  // namespace nines::store
