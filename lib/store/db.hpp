// One connection to an SQLite file: hardened pragmas, cached statements, our errors.
//
//   auto rows = db.query("SELECT name, at FROM change WHERE service = ?", service);
//   while (rows.step()) use(rows.text(0), rows.instant(1));
//   db.run("DELETE FROM change WHERE subject = ?", subject);
//
// SQL is always a literal; values are always bound. Integers, text, blobs (identifiers, hashes),
// booleans, instants (microseconds) and optionals of them can be bound.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"

namespace SQLite {
class Statement;
}

namespace nines::store {

/// A prepared statement on loan from its Db; it goes back, reset, at the end of its scope. Columns
/// are 0-based. Throws Error as Db does.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  bool step();    ///< true when there is a row
  void run();     ///< steps to the end
  void rewind();  ///< for binding again

  bool null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;       ///< "" for NULL
  std::string_view view(int column) const;  ///< the same, valid until the next step
  std::string blob(int column) const;
  /// Valid until the next step.
  std::span<const std::uint8_t> bytes(int column) const;
  Uid uid(int column) const;          ///< throws Error{bad_data} unless 16 bytes
  Hash256 hash256(int column) const;  ///< throws Error{bad_data} unless 32 bytes
  Hash128 hash128(int column) const;  ///< throws Error{bad_data} unless 16 bytes
  Instant instant(int column) const { return from_epoch_micros(integer(column)); }
  int columns() const;
  std::string column_name(int column) const;

  void bind(int index, std::int64_t value);  ///< parameters are 1-based
  void bind(int index, int value) { bind(index, std::int64_t{value}); }
  void bind(int index, unsigned value) { bind(index, std::int64_t{value}); }
  void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, bool value) { bind(index, std::int64_t{value}); }
  void bind(int index, double value);
  void bind(int index, std::string_view value);
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, std::span<const std::uint8_t> blob);
  void bind(int index, const Hash256& hash) { bind(index, std::span<const std::uint8_t>(hash)); }
  void bind(int index, const Hash128& hash) { bind(index, std::span<const std::uint8_t>(hash)); }
  void bind(int index, const Uid& uid) { bind(index, uid.bytes); }
  void bind(int index, Instant at) { bind(index, epoch_micros(at)); }
  void bind(int index, std::nullopt_t);
  /// The value of a column of another query, type and all.
  void bind_column(int index, const Query& row, int column);
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value)
      bind(index, *value);
    else
      bind(index, std::nullopt);
  }
  template <class... Values>
  Query& bind_all(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

 private:
  friend class Db;
  struct Slot;
  explicit Query(Slot& slot) : slot_(&slot) {}
  Slot* slot_;
};

enum class Access { read, write, memory };

/// Not for use by several threads at once. Every call throws Error: busy (another process holds the
/// lock), bad_data (the file is damaged), io (disk full, not readable), bug (our SQL).
class Db {
 public:
  /// The file must exist for `read` and `write`; symbolic links are not followed. `memory` opens an
  /// empty private database, which spills to a temporary file when it grows, and ignores `path`.
  Db(const std::filesystem::path& path, Access access, std::chrono::milliseconds busy_timeout);
  ~Db();
  Db(Db&&) noexcept;
  Db& operator=(Db&&) noexcept;

  template <class... Values>
  Query query(std::string_view sql, const Values&... values) {
    auto q = prepare(sql);
    q.bind_all(values...);
    return q;
  }
  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    query(sql, values...).run();
  }
  /// The first column of the first row, if there is a row with a value there.
  template <class... Values>
  std::optional<std::int64_t> integer(std::string_view sql, const Values&... values) {
    auto q = query(sql, values...);
    if (!q.step() || q.null(0)) return std::nullopt;
    return q.integer(0);
  }
  template <class... Values>
  std::optional<std::string> text(std::string_view sql, const Values&... values) {
    auto q = query(sql, values...);
    if (!q.step() || q.null(0)) return std::nullopt;
    return q.text(0);
  }
  void script(const std::string& sql);                  ///< several statements, no parameters
  void attach_disk(const std::filesystem::path& file);  ///< as schema "disk", read-only

  /// From now on, remembers whether a statement reads one of these tables.
  void watch_reads(std::set<std::string, std::less<>> tables);
  bool has_read_watched() const;

  std::int64_t changes() const;  ///< rows of the last statement
  std::int64_t last_rowid() const;
  bool in_transaction() const;
  void* handle() const;  ///< sqlite3*, for the backup interface
  const std::filesystem::path& path() const;

 private:
  Query prepare(std::string_view sql);
  struct Impl;
  std::unique_ptr<Impl> impl_;
  friend class Query;
};

}  // namespace nines::store
