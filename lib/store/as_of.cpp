// Replays the log through the same folds as always, into memory.
#include "store/as_of.hpp"

#include "store/fold.hpp"
#include "store/past_base.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"

namespace nines::store {

namespace {

/// A base that is older than this share of what makes one is worth another.
constexpr std::uint64_t kSaveAgain = 10;

// Names resolve to temp, then main, then attached databases: the temporary view hides later events,
// main's tables are the projections of that time, and content comes from the file.
void begin(Db& memory, const std::filesystem::path& file, std::optional<Instant> as_of) {
  memory.attach_disk(file);
  memory.script("BEGIN");
  if (as_of)
    memory.script("CREATE TEMP VIEW event AS SELECT * FROM disk.event WHERE hlc <= " +
                  std::to_string(epoch_micros(*as_of)));
  watch_texts(memory);
}

void end(Db& memory, const std::filesystem::path& file, bool save) {
  forget_changes(memory);  // the index over the texts is made when somebody searches
  if (save) note_base(memory);
  memory.script("COMMIT");
  if (save) save_base(memory, file);
  memory.script("PRAGMA query_only=1");
}

Db empty_memory() { return Db({}, Access::memory, std::chrono::milliseconds{5000}); }

std::optional<Db> replay_after(const PastBase& base, const std::filesystem::path& file,
                               Instant as_of, std::uint64_t base_above) {
  auto memory = empty_memory();
  if (!copy_base(base, memory)) return std::nullopt;
  begin(memory, file, as_of);
  if (!base_holds(memory, base)) return std::nullopt;
  const auto folded = fold_since(memory, base.bound);
  end(memory, file, folded > base_above / kSaveAgain);
  return memory;
}

}  // namespace

Db replay_beside(const std::filesystem::path& file, std::optional<Instant> as_of,
                 std::uint64_t base_above) {
  if (as_of)
    for (const auto& base : bases_until(file, epoch_micros(*as_of))) {
      if (auto memory = replay_after(base, file, *as_of, base_above)) return std::move(*memory);
      std::error_code ec;
      std::filesystem::remove(base.path, ec);
    }
  auto memory = empty_memory();
  begin(memory, file, as_of);
  memory.script(projection_tables());
  const auto folded = fold_everything(memory);
  end(memory, file, as_of && folded > base_above);
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
