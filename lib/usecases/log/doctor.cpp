// The checks one by one, each with what to do about it.
#include "usecases/log/doctor.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/backup.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/log_writer.hpp"
#include "store/migrations.hpp"
#include "store/parts.hpp"
#include "store/rebuild.hpp"
#include "store/shape.hpp"
#include "store/store.hpp"
#include "store/verify.hpp"
#include "usecases/log/evidence.hpp"

namespace nines::usecases {
namespace {

DoctorCheck check_permissions(const std::filesystem::path& path) {
  struct stat file {
  }, folder{};
  stat(path.c_str(), &file);
  stat(path.parent_path().c_str(), &folder);
  if ((file.st_mode & 077) != 0)
    return {"permissions", Health::warning, "other users may read the store",
            "chmod 600 " + path.string()};
  if ((folder.st_mode & 022) != 0 && (folder.st_mode & S_ISVTX) == 0)
    return {"permissions", Health::warning, "other users may replace files in the store's folder",
            "chmod go-w " + path.parent_path().string()};
  return {"permissions", Health::ok, "the file is private", {}};
}

DoctorCheck check_structure(store::Db& db, bool full) {
  auto rows = full ? db.query("PRAGMA integrity_check(5)") : db.query("PRAGMA quick_check(5)");
  std::vector<std::string> lines;
  while (rows.step()) lines.push_back(rows.text(0));
  if (lines == std::vector<std::string>{"ok"})
    return {"structure", Health::ok, "SQLite finds the file sound", {}};
  return {"structure", Health::failed, join(lines, "; "),
          "take a backup with nines doctor restore"};
}

DoctorCheck check_end(store::Db& db) {
  const auto count = store::event_count(db);
  const auto frontier = store::local_fact(db, "frontier");
  const auto kept = frontier ? log::MerkleFrontier::from_bytes(*frontier) : log::MerkleFrontier{};
  if (kept && kept->size() == count)
    return {"log", Health::ok, count_of(count, "event") + ", and the end is where it was left", {}};
  return {"log", Health::failed, "the log does not end where its last commit left it",
          "nines audit verify names what broke; take a backup with nines doctor restore"};
}

DoctorCheck check_clock(store::Db& db, Instant now) {
  const auto ahead = from_epoch_micros(store::latest_hlc(db).micros) - now;
  if (ahead <= std::chrono::minutes{5})
    return {"clock", Health::ok, "no event is from the future", {}};
  return {"clock", Health::warning,
          "the newest event is " + format_duration(ahead) + " ahead of this clock",
          "set the clock of this machine, or of the one that wrote it"};
}

DoctorCheck check_kinds(store::Db& db) {
  const auto unknown = store::unknown_kinds(db);
  if (unknown.empty()) return {"kinds", Health::ok, "every kind of event is known here", {}};
  std::vector<std::string> names;
  for (const auto& kind : unknown)
    names.push_back(kind.kind + " (" + std::to_string(kind.events) + ")");
  return {"kinds", Health::warning, "kept and ignored: " + join(names, ", "),
          "a newer nines wrote them; install it to see them"};
}

DoctorCheck check_history(const store::Store& store) {
  const auto result = store::verify_log(store);
  if (result.intact())
    return {"history", Health::ok,
            "every hash of " + count_of(result.events, "event") + " holds" +
                (result.left_out > 0 ? "; " + std::to_string(result.left_out) + " bodies are at " +
                                           result.place + ", left there by rule"
                                     : std::string()),
            {}};
  const auto& first = result.faults.front();
  return {"history", Health::failed,
          (first.number > 0 ? "event " + std::to_string(first.number) + ": " : std::string()) +
              first.what,
          "nines audit verify lists them all; take a backup with nines doctor restore"};
}

/// Those of another version are whole, and no reading of them can be compared.
DoctorCheck check_tables_fit(store::Db& db) {
  if (store::tables_fit(db)) return {"tables", Health::ok, "they are of this version", {}};
  return {"tables", Health::warning, "they were made by another version of nines",
          "nines doctor --rebuild makes them anew, as any command that writes does"};
}

DoctorCheck check_projections(const store::Store& store) {
  try {
    const auto tables = store::differing_projections(store);
    if (tables.empty()) return {"tables", Health::ok, "they say what the log says", {}};
    return {"tables", Health::failed, "not what the log says: " + join(tables, ", "),
            "nines doctor --rebuild makes them anew"};
  } catch (const Error& e) {
    return {"tables", Health::failed, std::string("the log cannot be folded: ") + e.what(),
            e.hint()};
  }
}

DoctorCheck check_measurements(const store::Store& store) {
  const auto result = store::verify_parts(store);
  if (result.faults.empty())
    return {"measurements",
            Health::ok,
            "the manifest of every import holds: " + count_of(result.runs, "import") + ", " +
                count_of(result.parts, "part"),
            {}};
  const auto& first = result.faults.front();
  return {"measurements", Health::failed,
          "import " + first.run + " of source '" + first.source + "': " + first.what,
          "nines undo takes the import back; importing its file again replaces it"};
}

BackupReport verified(const std::filesystem::path& path, const SessionOptions& options) {
  const store::Store copy({.path = path,
                           .mode = store::Mode::read,
                           .clock = options.clock,
                           .entropy = options.entropy,
                           .busy_timeout = options.lock_timeout,
                           .as_of = std::nullopt});
  const auto result = store::verify_log(copy);
  if (!result.intact())
    throw Error(ExitCode::bad_data,
                "'" + path.string() + "' does not verify: " + result.faults.front().what,
                "nines audit verify --db FILE lists what broke; use an older backup",
                "STORE_DAMAGED");
  return {path, result.events, std::filesystem::file_size(path), result.root};
}

}  // namespace

std::string_view to_string(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warning:
      return "warning";
    case Health::failed:
      return "failed";
  }
  return "";
}

Health DoctorReport::worst() const {
  auto worst = Health::ok;
  for (const auto& check : checks) worst = std::max(worst, check.health);
  return worst;
}

DoctorReport doctor(const Session& session, bool full) {
  require_present(session);
  const auto& store = session.store();
  auto& db = store.db();
  DoctorReport report{store.path(), {}};
  report.checks.push_back(check_permissions(store.path()));
  report.checks.push_back(
      {"schema", Health::ok, "version " + std::to_string(store::kSchemaVersion), {}});
  report.checks.push_back(check_structure(db, full));
  report.checks.push_back(check_end(db));
  report.checks.push_back(check_clock(db, session.now()));
  report.checks.push_back(check_kinds(db));
  if (full) report.checks.push_back(check_history(store));
  const auto fit = check_tables_fit(db);
  if (full && fit.health == Health::ok) {
    report.checks.push_back(check_projections(store));
    report.checks.push_back(check_measurements(store));
  } else if (full || fit.health != Health::ok) {
    report.checks.push_back(fit);
  }
  return report;
}

RebuildReport doctor_rebuild(Session& session) {
  const auto result = store::rebuild_projections(session.store());
  return {result.events, result.changed};
}

BackupReport doctor_backup(const Session& session, const std::filesystem::path& target) {
  require_present(session);
  store::copy_store(session.store().db(), target);
  try {
    return verified(target, session.options());
  } catch (...) {
    std::error_code ec;
    std::filesystem::remove(target, ec);
    throw;
  }
}

BackupReport doctor_restore(const SessionOptions& options, const std::filesystem::path& backup) {
  for (const auto* suffix : {"", "-wal", "-shm"})
    if (std::filesystem::exists(options.db.string() + suffix))
      throw Error(ExitCode::cannot_create, "'" + options.db.string() + suffix + "' is there",
                  "move the present store away first, with its -wal and -shm files", "FILE_EXISTS");
  auto report = verified(backup, options);
  store::restore_store(backup, {.path = options.db,
                                .mode = store::Mode::write,
                                .clock = options.clock,
                                .entropy = options.entropy,
                                .busy_timeout = options.lock_timeout,
                                .as_of = std::nullopt});
  report.path = options.db;
  return report;
}

}  // namespace nines::usecases
