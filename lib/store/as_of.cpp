// Replays the log up to an instant through the same folds as always.
#include "store/as_of.hpp"

#include "store/fold.hpp"
#include "store/schema.hpp"

namespace nines::store {

// Names resolve to temp, then main, then attached databases: the temporary view hides later events,
// main's tables are the projections of that time, and content comes from the file.
Db replay_as_of(Db file, Instant as_of) {
  Db memory({}, Access::memory, std::chrono::milliseconds{5000});
  memory.attach_disk(file.path());
  memory.script("BEGIN");
  memory.script(projection_tables());
  memory.script("CREATE TEMP VIEW event AS SELECT * FROM disk.event WHERE hlc <= " +
                std::to_string(epoch_micros(as_of)));
  fold_everything(memory);
  memory.script("COMMIT; PRAGMA query_only=1");
  return memory;
}

}  // namespace nines::store
