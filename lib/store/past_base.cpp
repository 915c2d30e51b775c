// Bases as files of SQLite, checked by the digest in their name and by the log's own hashes.
#include "store/past_base.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "store/event_log.hpp"
#include "store/folder_lock.hpp"
#include "store/migrations.hpp"
#include "store/private_file.hpp"
#include "store/schema.hpp"
#include "store/series_tables.hpp"

namespace nines::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBases = 4;
constexpr std::string_view kUnfinished = "new";  ///< what follows the prefix, and then six letters

std::string prefix_of(const fs::path& store) { return store.filename().string() + ".past-"; }

/// "nines.db.past-<bound>-<digest>"
std::optional<PastBase> base_at(const fs::path& path, const std::string& prefix) {
  const auto name = path.filename().string();
  if (!name.starts_with(prefix)) return std::nullopt;
  PastBase base{path};
  const auto* end = name.data() + name.size();
  const auto bound = std::from_chars(name.data() + prefix.size(), end, base.bound);
  if (bound.ec != std::errc{} || bound.ptr == end || *bound.ptr != '-') return std::nullopt;
  if (!hash128_from_hex({bound.ptr + 1, end})) return std::nullopt;
  return base;
}

bool is_unfinished(const fs::path& path, const std::string& prefix) {
  const auto name = path.filename().string();
  const auto stem = prefix + std::string(kUnfinished);
  return name == stem ||  // as earlier versions named it
         (name.starts_with(stem + ".") && name.size() == stem.size() + 7);
}

std::vector<PastBase> all_bases(const fs::path& store) {
  std::vector<PastBase> bases;
  std::error_code ec;
  for (const auto& file : fs::directory_iterator(store.parent_path(), ec))
    if (auto base = base_at(file.path(), prefix_of(store))) bases.push_back(std::move(*base));
  return bases;
}

/// What a crash left half made: call it with the lock of the folder, which makers hold.
bool drop_unfinished(const fs::path& store) {
  bool gone = true;
  std::error_code ec;
  for (const auto& file : fs::directory_iterator(store.parent_path(), ec)) {
    if (!is_unfinished(file.path(), prefix_of(store))) continue;
    std::error_code kept;
    fs::remove(file.path(), kept);
    gone = gone && !kept;
  }
  return gone && !ec;
}

/// The program, the shape of its tables, and the store: another of either makes other rows.
std::string maker(Db& db) {
  const auto store = local_fact(db, "store").value_or("");
  return to_hex(sha256("nines " NINES_VERSION "\n" + std::to_string(kSchemaVersion) + "\n" +
                       projection_tables() + store));
}

std::int64_t end_of_log(Db& db) {
  return db.integer("SELECT max(position) FROM disk.event").value_or(-1);
}

std::string hash_at(Db& db, std::int64_t position) {
  auto row = db.query("SELECT hash FROM disk.event WHERE position = ?", position);
  return row.step() ? to_hex(row.bytes(0)) : "";
}

std::string noted(Db& db, std::string_view name) {
  return db.text("SELECT value FROM main.base WHERE name = ?", name).value_or("");
}

std::int64_t noted_number(Db& db, std::string_view name) {
  std::int64_t number = -1;
  const auto text = noted(db, name);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void note(Db& db, std::string_view name, const std::string& value) {
  db.run("INSERT INTO main.base VALUES (?, ?)", name, value);
}

/// What was not here when its tables were made is not in them, and what is not here now must not be.
std::string left_out_note(Db& db) { return local_fact(db, "left out").value_or(""); }

/// An event that came later belongs before the bound, or took away what an earlier one had said.
bool overtaken(Db& db, std::int64_t last, std::int64_t bound) {
  return db
      .integer("SELECT 1 FROM disk.event WHERE position > ? AND (hlc <= ? OR kind = ?) LIMIT 1",
               last, bound, kErased)
      .has_value();
}

void drop_oldest(const fs::path& store) {
  std::vector<std::pair<fs::file_time_type, fs::path>> bases;
  std::error_code ec;
  for (const auto& base : all_bases(store)) {
    const auto written = fs::last_write_time(base.path, ec);
    if (!ec) bases.emplace_back(written, base.path);  // else gone meanwhile
  }
  std::sort(bases.rbegin(), bases.rend());
  for (std::size_t i = kMostBases; i < bases.size(); ++i) fs::remove(bases[i].second, ec);
}

void write_base(Db& db, const fs::path& store) {
  std::error_code ec;
  fs::path staged;
  try {
    drop_unfinished(store);
    const auto bound = noted_number(db, "bound");
    // An erasure that comes later waits for the lock and finds the file; one that came earlier has
    // looked already.
    if (overtaken(db, noted_number(db, "last"), bound)) return;
    staged = create_staged_file(store.string() + ".past-" + std::string(kUnfinished));
    db.run("VACUUM main INTO ?", staged.string());
    const auto digest = to_hex(xxh3_128(read_file(staged)));
    fs::rename(staged,
               store.parent_path() / (prefix_of(store) + std::to_string(bound) + "-" + digest));
    drop_oldest(store);
  } catch (const std::exception&) {
    // No space, or a folder that takes nothing.
    if (!staged.empty()) fs::remove(staged, ec);
  }
}

}  // namespace

std::vector<PastBase> bases_until(const fs::path& store, std::int64_t until) {
  auto bases = all_bases(store);
  std::erase_if(bases, [&](const PastBase& base) { return base.bound > until; });
  std::sort(bases.begin(), bases.end(),
            [](const PastBase& a, const PastBase& b) { return a.bound > b.bound; });
  return bases;
}

bool copy_base(const PastBase& base, Db& db) {
  try {
    check_private_file(base.path);
    const auto digest = to_hex(xxh3_128(read_file(base.path)));
    if (!base.path.filename().string().ends_with(digest)) return false;
    Db saved(base.path, Access::read, std::chrono::milliseconds{0});
    auto* copy = sqlite3_backup_init(static_cast<sqlite3*>(db.handle()), "main",
                                     static_cast<sqlite3*>(saved.handle()), "main");
    if (copy == nullptr) return false;
    const bool whole = sqlite3_backup_step(copy, -1) == SQLITE_DONE;
    return sqlite3_backup_finish(copy) == SQLITE_OK && whole;
  } catch (const Error&) {
    return false;  // gone meanwhile, or not ours: the log itself answers
  }
}

bool base_holds(Db& db, const PastBase& base) try {
  const auto last = noted_number(db, "last");
  const bool holds =
      noted(db, "maker") == maker(db) && last >= 0 &&
      noted(db, "bound") == std::to_string(base.bound) && noted(db, "hash") == hash_at(db, last) &&
      noted(db, "imports") == runs_that_count(db) && noted(db, "left_out") == left_out_note(db) && !overtaken(db, last, base.bound);
  db.script("DROP TABLE main.base");
  return holds;
} catch (const Error&) {
  return false;  // no base at all, whatever its name says
}

void note_base(Db& db) {
  const auto bound = db.integer("SELECT max(hlc) FROM event").value_or(0);
  const auto last = end_of_log(db);
  db.script("CREATE TABLE main.base (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  note(db, "maker", maker(db));
  note(db, "bound", std::to_string(bound));
  note(db, "last", std::to_string(last));
  note(db, "hash", hash_at(db, last));
  note(db, "imports", runs_that_count(db));
  note(db, "left_out", left_out_note(db));
}

void save_base(Db& db, const fs::path& store) {
  const FolderLock lock(store.parent_path());
  if (lock.held()) write_base(db, store);
  db.script("DROP TABLE main.base");
}

bool drop_bases(const fs::path& store) {
  bool gone = drop_unfinished(store);
  for (const auto& base : all_bases(store)) {
    std::error_code ec;
    fs::remove(base.path, ec);
    gone = gone && !ec;
  }
  return gone;
}

}  // namespace nines::store
