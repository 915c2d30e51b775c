// SQLiteCpp behind our own names; the one place where SQLite's failures become ours.
#include "store/db.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstring>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "store/busy_wait.hpp"
#include "store/lock_holder.hpp"

namespace nines::store {

struct Query::Slot {
  SQLite::Statement statement;
  const std::filesystem::path& path;
  bool in_use = false;
};

struct Db::Impl {
  std::filesystem::path path;
  BusyWait wait;  // before the connection, which may wait until it is closed
  SQLite::Database database;
  /// Several slots per text: a fold may run the same statement inside a loop over it.
  std::map<std::string, std::vector<std::unique_ptr<Query::Slot>>, std::less<>> slots;
  std::set<std::string, std::less<>> watched = {};
  bool read_watched = false;

  /// Asked by SQLite while it compiles a statement.
  static int note_read(void* self, int action, const char* table, const char*, const char*,
                       const char*) {
    auto& impl = *static_cast<Impl*>(self);
    if (action == SQLITE_READ && table != nullptr && impl.watched.contains(std::string_view(table)))
      impl.read_watched = true;
    return SQLITE_OK;
  }
};

namespace {

[[noreturn]] void fail_busy(const std::filesystem::path& path) {
  throw Error(ExitCode::busy, "the store '" + path.string() + "' is busy",
              lock_holder(path) + "try again, or wait longer with --lock-timeout 30s",
              "STORE_BUSY");
}

[[noreturn]] void translate(const SQLite::Exception& e, const std::filesystem::path& path) {
  const auto file = path.empty() ? std::string("the in-memory store") : "'" + path.string() + "'";
  switch (e.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      fail_busy(path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(ExitCode::bad_data, file + " is damaged or no nines store: " + e.what(),
                  "nines doctor --full says what can be saved; doctor restore takes a backup",
                  "STORE_DAMAGED");
    case SQLITE_FULL:
      throw Error(ExitCode::io, "no space left for " + file, "free some space and try again",
                  "STORE_FULL");
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      throw Error(ExitCode::io, "cannot read or write " + file + ": " + e.what(),
                  "check the file, its folder and their permissions", "STORE_IO");
    default:
      break;
  }
  throw Error(ExitCode::bug, "the store refused a statement: " + std::string(e.what()),
              "please report this", "STORE_STATEMENT");
}

template <class Call>
auto guarded(const std::filesystem::path& path, Call&& call) {
  try {
    return call();
  } catch (const SQLite::Exception& e) {
    translate(e, path);
  }
}

template <std::size_t N>
std::array<std::uint8_t, N> exactly(std::span<const std::uint8_t> bytes) {
  std::array<std::uint8_t, N> out;
  if (bytes.size() != N)
    throw Error(ExitCode::bad_data,
                "the store holds " + std::to_string(bytes.size()) + " bytes where " +
                    std::to_string(N) + " belong",
                "nines audit verify names the damaged record", "STORE_DAMAGED");
  std::memcpy(out.data(), bytes.data(), N);
  return out;
}

int flags_of(Access access) {
  if (access == Access::memory)
    return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI;
  return (access == Access::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) |
         SQLite::OPEN_NOFOLLOW | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI;
}

/// A "file:" URI with the bytes that mean something there escaped.
std::string uri_of(const std::filesystem::path& path, std::string_view query) {
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '%' || c == '?' || c == '#')
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      uri += c;
  }
  return uri + std::string(query);
}

/// A WAL file on read-only media cannot get its shared-memory index; when no WAL is left behind the
/// main file alone is the whole truth.
bool must_be_immutable(const std::filesystem::path& path, int code) {
  std::error_code ec;
  const auto wal = path.string() + "-wal";
  return (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) &&
         std::filesystem::exists(path, ec) &&
         (!std::filesystem::exists(wal, ec) || std::filesystem::file_size(wal, ec) == 0);
}

/// Settings of every connection (https://www.sqlite.org/security.html).
void harden(SQLite::Database& database, Access access) {
  auto* handle = database.getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1'000'000);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 200);
  // What is deleted is overwritten, always: text that an erasure should take may lie in a place
  // that was freed long before.
  if (access == Access::write)
    database.exec("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
  else if (access == Access::memory)
    database.exec("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY");
  database.exec("PRAGMA mmap_size=0");
}

/// SQLite's own tally of memory takes a lock at every allocation, which threads would wait for.
void configure_once() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // before the first connection, or without effect
    return true;
  }();
  static_cast<void>(done);
}

/// Whether another file has taken the place of the one that is open. Ask after the first read: from
/// then on the connection holds a shared lock as long as it lives (a WAL needs that), and a file
/// is only replaced by who holds it alone (rebuild.cpp).
bool was_replaced(SQLite::Database& database, const char* schema) {
  int moved = 0;
  const int code =
      sqlite3_file_control(database.getHandle(), schema, SQLITE_FCNTL_HAS_MOVED, &moved);
  return code == SQLITE_OK && moved != 0;
}

constexpr int kMostReplacements = 100;  ///< in the blink between opening and reading

SQLite::Database open_once(const std::filesystem::path& path, Access access, int timeout) {
  SQLite::Database database(uri_of(path, ""), flags_of(access), timeout);
  try {
    database.exec("PRAGMA schema_version");  // The first read is what needs the index of the WAL.
  } catch (const SQLite::Exception& e) {
    if (access == Access::write || !must_be_immutable(path, e.getErrorCode())) throw;
    return SQLite::Database(uri_of(path, "?immutable=1"), flags_of(access), timeout);
  }
  return database;
}

SQLite::Database open_file(const std::filesystem::path& path, Access access, int timeout) {
  if (access == Access::memory) return SQLite::Database("", flags_of(access), timeout);
  for (int i = 0; i < kMostReplacements; ++i) {
    auto database = open_once(path, access, timeout);
    if (!was_replaced(database, "main")) return database;
  }
  fail_busy(path);
}

}  // namespace

Query::Query(Query&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}

Query::~Query() {
  if (slot_ == nullptr) return;
  slot_->statement.tryReset();
  slot_->in_use = false;
}

bool Query::step() {
  return guarded(slot_->path, [&] { return slot_->statement.executeStep(); });
}

void Query::run() {
  while (step()) continue;
}

void Query::rewind() { slot_->statement.tryReset(); }

bool Query::null(int column) const { return slot_->statement.isColumnNull(column); }
std::int64_t Query::integer(int column) const {
  return slot_->statement.getColumn(column).getInt64();
}
double Query::real(int column) const { return slot_->statement.getColumn(column).getDouble(); }
std::string Query::text(int column) const { return slot_->statement.getColumn(column).getString(); }
std::string_view Query::view(int column) const {
  const auto value = slot_->statement.getColumn(column);
  const auto* data = value.getText();  // before the size, which depends on the form
  return {data, static_cast<std::size_t>(value.getBytes())};
}
std::string Query::blob(int column) const { return std::string(as_text(bytes(column))); }

std::span<const std::uint8_t> Query::bytes(int column) const {
  const auto value = slot_->statement.getColumn(column);
  const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
  return {data, static_cast<std::size_t>(value.getBytes())};
}

Uid Query::uid(int column) const { return Uid{exactly<16>(bytes(column))}; }
Hash256 Query::hash256(int column) const { return exactly<32>(bytes(column)); }
Hash128 Query::hash128(int column) const { return exactly<16>(bytes(column)); }
int Query::columns() const { return slot_->statement.getColumnCount(); }
std::string Query::column_name(int column) const { return slot_->statement.getColumnName(column); }

void Query::bind(int index, std::int64_t value) {
  guarded(slot_->path, [&] { slot_->statement.bind(index, value); });
}
void Query::bind(int index, double value) {
  guarded(slot_->path, [&] { slot_->statement.bind(index, value); });
}
void Query::bind(int index, std::string_view value) {
  guarded(slot_->path, [&] { slot_->statement.bind(index, std::string(value)); });
}
void Query::bind(int index, std::span<const std::uint8_t> blob) {
  // A null pointer would bind NULL, and an empty blob is not that.
  const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
  guarded(slot_->path, [&] { slot_->statement.bind(index, data, static_cast<int>(blob.size())); });
}
void Query::bind(int index, std::nullopt_t) {
  guarded(slot_->path, [&] { slot_->statement.bind(index); });
}

void Query::bind_column(int index, const Query& row, int column) {
  switch (row.slot_->statement.getColumn(column).getType()) {
    case SQLITE_INTEGER:
      bind(index, row.integer(column));
      break;
    case SQLITE_FLOAT:
      bind(index, row.real(column));
      break;
    case SQLITE_TEXT:
      bind(index, std::string_view(row.text(column)));
      break;
    case SQLITE_BLOB:
      bind(index, row.bytes(column));
      break;
    default:
      bind(index, std::nullopt);
      break;
  }
}

Db::Db(const std::filesystem::path& path, Access access, std::chrono::milliseconds busy_timeout) {
  configure_once();
  guarded(path, [&] {
    auto database = open_file(path, access, static_cast<int>(busy_timeout.count()));
    harden(database, access);
    impl_ = std::make_unique<Impl>(Impl{path, BusyWait(busy_timeout), std::move(database), {}});
    impl_->wait.watch(impl_->database.getHandle());
  });
}

Db::~Db() = default;
Db::Db(Db&&) noexcept = default;
Db& Db::operator=(Db&&) noexcept = default;

Query Db::prepare(std::string_view sql) {
  auto found = impl_->slots.find(sql);
  if (found == impl_->slots.end()) found = impl_->slots.emplace(std::string(sql), 0).first;
  for (auto& slot : found->second) {
    if (slot->in_use) continue;
    slot->in_use = true;
    return Query(*slot);
  }
  return guarded(impl_->path, [&] {
    found->second.push_back(std::unique_ptr<Query::Slot>(
        new Query::Slot{SQLite::Statement(impl_->database, found->first), impl_->path, true}));
    return Query(*found->second.back());
  });
}

void Db::script(const std::string& sql) {
  guarded(impl_->path, [&] { impl_->database.exec(sql); });
}

void Db::attach_disk(const std::filesystem::path& file) {
  auto& database = impl_->database;
  const auto attach = [&](std::string_view query) {
    SQLite::Statement statement(database, "ATTACH ? AS disk");
    statement.bind(1, uri_of(file, query));
    statement.exec();
    database.exec("PRAGMA disk.schema_version");
  };
  guarded(file, [&] {
    for (int i = 0; i < kMostReplacements; ++i) {
      try {
        attach("?mode=ro");
      } catch (const SQLite::Exception& e) {
        if (!must_be_immutable(file, e.getErrorCode())) throw;
        database.tryExec("DETACH disk");
        attach("?immutable=1");
      }
      if (!was_replaced(database, "disk")) return;
      database.exec("DETACH disk");
    }
    fail_busy(file);
  });
}

void Db::watch_reads(std::set<std::string, std::less<>> tables) {
  impl_->watched = std::move(tables);
  sqlite3_set_authorizer(impl_->database.getHandle(), Impl::note_read, impl_.get());
}

bool Db::has_read_watched() const { return impl_->read_watched; }

std::int64_t Db::changes() const { return impl_->database.getChanges(); }
std::int64_t Db::last_rowid() const { return impl_->database.getLastInsertRowid(); }
bool Db::in_transaction() const { return sqlite3_get_autocommit(impl_->database.getHandle()) == 0; }
void* Db::handle() const { return impl_->database.getHandle(); }
const std::filesystem::path& Db::path() const { return impl_->path; }

}  // namespace nines::store
