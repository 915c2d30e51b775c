// A private folder with stores in it, and a clock and entropy that repeat themselves.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "store/db.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/store_state.hpp"

namespace nines::test {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (place() / "nines-test-XXXXXX").string();
    path_ = std::filesystem::canonical(mkdtemp(name.data()));
  }
  ~TempFolder() {
    std::error_code ec;
    std::filesystem::remove_all(path_, ec);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  /// In memory where there is such a place: these tests ask what is written, not whether a disk
  /// has it.
  static std::filesystem::path place() {
    const std::filesystem::path memory = "/dev/shm";
    return access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
  }

  std::filesystem::path path_;
};

/// Advances by a millisecond with each look.
inline Instant& test_time() {
  static Instant now = from_epoch_micros(1'795'420'000'000'000);
  return now;
}
inline Instant test_clock() { return test_time() += Micros{1000}; }

inline store::StoreOptions store_options(const std::filesystem::path& path, store::Mode mode,
                                         Entropy* entropy = nullptr) {
  store::StoreOptions options;
  options.path = path;
  options.mode = mode;
  options.clock = test_clock;
  options.entropy = entropy;
  return options;
}

inline store::Store open_store(const std::filesystem::path& path,
                               store::Mode mode = store::Mode::create) {
  return store::Store(store_options(path, mode));
}

/// A column of a projection as every machine would see it: series and runs have numbers that are
/// this file's own, and identifiers that are not.
inline std::string common_column(const std::string& table, const std::string& column) {
  const auto series = [](const std::string& number) {
    return "(SELECT uid FROM series WHERE id = " + number + ")";
  };
  if (table == "import_run" && column == "run") return "run IS NOT NULL";
  if (table == "series_state" && column == "series") return series("series");
  if (table == "series_block" && column == "key")
    return "hex(" + series("key / 65536") + ") || '/' || (key % 65536)";
  return "\"" + column + "\"";
}

/// Every row of every projection, as text: equal texts mean equal tables, on any machine.
inline std::string dump_projections(store::Db& db) {
  std::string out;
  for (const auto& table : store::table_names(store::projection_tables())) {
    out += "== " + table + "\n";
    std::string columns, order;
    {
      auto names = db.query("SELECT name FROM pragma_table_info(?)", table);
      for (int i = 1; names.step(); ++i) {
        columns += (i == 1 ? "" : ", ") + common_column(table, names.text(0));
        order += (i == 1 ? "" : ", ") + std::to_string(i);
      }
    }
    auto rows = db.query("SELECT " + columns + " FROM \"" + table + "\" ORDER BY " + order);
    while (rows.step()) {
      for (int i = 0; i < rows.columns(); ++i) {
        const auto bytes = rows.bytes(i);
        out += rows.null(i) ? "NULL|" : to_hex(bytes) + "|";
      }
      out += '\n';
    }
  }
  return out;
}

}  // namespace nines::test
