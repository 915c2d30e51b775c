// Bases as files of SQLite, checked by the digest in their name and by the log's own hashes.
#include "store/past_base.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "store/event_log.hpp"
#include "store/migrations.hpp"
#include "store/private_file.hpp"
#include "store/schema.hpp"

namespace nines::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBases = 4;

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

std::vector<PastBase> all_bases(const fs::path& store) {
  std::vector<PastBase> bases;
  std::error_code ec;
  for (const auto& file : fs::directory_iterator(store.parent_path(), ec))
    if (auto base = base_at(file.path(), prefix_of(store))) bases.push_back(std::move(*base));
  return bases;
}

/// The program, the shape of its tables, and the store: another of either makes other rows.
std::string maker(Db& db) {
  const auto store = local_fact(db, "store").value_or("");
  return to_hex(sha256("nines " NINES_VERSION "\n" + std::to_string(kSchemaVersion) + "\n" +
                       projection_tables() + store));
}

/// Parts of a series may come after the event that announces them, and then count at once.
std::string imports_here(Db& db) {
  return db.text("SELECT count(*) || '/' || coalesce(sum(id), 0) FROM disk.run WHERE announced = 1")
      .value_or("");
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

void note(Db& db, std::string_view name, const std::string& value) {
  db.run("INSERT INTO main.base VALUES (?, ?)", name, value);
}

/// An event that came later belongs before the bound, or took away what an earlier one had said.
bool overtaken(Db& db, std::int64_t last, std::int64_t bound) {
  return db
      .integer("SELECT 1 FROM disk.event WHERE position > ? AND (hlc <= ? OR kind = ?) LIMIT 1",
               last, bound, kErased)
      .has_value();
}

void drop_oldest(const fs::path& store) {
  auto bases = all_bases(store);
  std::error_code ec;
  std::sort(bases.begin(), bases.end(), [](const PastBase& a, const PastBase& b) {
    std::error_code none;
    return fs::last_write_time(a.path, none) > fs::last_write_time(b.path, none);
  });
  for (std::size_t i = kMostBases; i < bases.size(); ++i) fs::remove(bases[i].path, ec);
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

bool base_holds(Db& db, const PastBase& base) {
  std::int64_t last = -1;
  const auto text = noted(db, "last");
  std::from_chars(text.data(), text.data() + text.size(), last);
  const bool holds = noted(db, "maker") == maker(db) && last >= 0 &&
                     noted(db, "bound") == std::to_string(base.bound) &&
                     noted(db, "hash") == hash_at(db, last) &&
                     noted(db, "imports") == imports_here(db) && !overtaken(db, last, base.bound);
  db.script("DROP TABLE main.base");
  return holds;
}

void note_base(Db& db) {
  const auto bound = db.integer("SELECT max(hlc) FROM event").value_or(0);
  const auto last = end_of_log(db);
  db.script("CREATE TABLE main.base (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  note(db, "maker", maker(db));
  note(db, "bound", std::to_string(bound));
  note(db, "last", std::to_string(last));
  note(db, "hash", hash_at(db, last));
  note(db, "imports", imports_here(db));
}

void save_base(Db& db, const fs::path& store) {
  const auto bound = noted(db, "bound");
  const auto staged = store.string() + ".past-new";
  std::error_code ec;
  try {
    fs::remove(staged, ec);
    create_private_file(staged);
    db.run("VACUUM main INTO ?", staged);
    const auto digest = to_hex(xxh3_128(read_file(staged)));
    fs::rename(staged, store.parent_path() / (prefix_of(store) + bound + "-" + digest));
    drop_oldest(store);
  } catch (const std::exception&) {
    // No space, a folder that takes nothing, or another reader that does the same just now.
    fs::remove(staged, ec);
  }
  db.script("DROP TABLE main.base");
}

void drop_bases(const fs::path& store) {
  std::error_code ec;
  for (const auto& base : all_bases(store)) fs::remove(base.path, ec);
}

}  // namespace nines::store
