// Replays the log through the same folds as always, into memory.
#include "store/as_of.hpp"

#include "store/fold.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"

namespace nines::store {

// Names resolve to temp, then main, then attached databases: the temporary view hides later events,
// main's tables are the projections of that time, and content comes from the file.
Db replay_beside(const std::filesystem::path& file, std::optional<Instant> as_of) {
  Db memory({}, Access::memory, std::chrono::milliseconds{5000});
  memory.attach_disk(file);
  memory.script("BEGIN");
  memory.script(projection_tables());
  if (as_of)
    memory.script("CREATE TEMP VIEW event AS SELECT * FROM disk.event WHERE hlc <= " +
                  std::to_string(epoch_micros(*as_of)));
  watch_texts(memory);
  fold_everything(memory);
  forget_changes(memory);  // the index over the texts is made when somebody searches
  memory.script("COMMIT; PRAGMA query_only=1");
  return memory;
}

std::vector<std::string> differing_tables(Db& replayed) {
  std::vector<std::string> names;
  for (const auto& table : table_names(projection_tables())) {
    const auto one_way = [&](const std::string& a, const std::string& b) {
      return replayed.integer("SELECT 1 FROM (SELECT * FROM " + a + ".\"" + table +
                              "\" EXCEPT SELECT * FROM " + b + ".\"" + table + "\") LIMIT 1");
    };
    if (one_way("main", "disk") || one_way("disk", "main")) names.push_back(table);
  }
  replayed.script("PRAGMA query_only=0");
  if (index_differs(replayed)) names.emplace_back("search");
  return names;
}

}  // namespace nines::store
