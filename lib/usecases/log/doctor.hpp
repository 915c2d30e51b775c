// Is the store healthy, and if not, what to do: checks, rebuild, backup, restore.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/hash.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

enum class Health { ok, warning, failed };
std::string_view to_string(Health health);  ///< "ok", "warning", "failed"

struct DoctorCheck {
  std::string name;  ///< "permissions"
  Health health = Health::ok;
  std::string says;  ///< "the file is private"
  std::string hint;  ///< what to do, when it is not ok
};

struct DoctorReport {
  std::filesystem::path store;
  std::vector<DoctorCheck> checks;
  Health worst() const;
};

/// Quick: permissions, schema, SQLite's own check of the structure, the log's end, clocks, unknown
/// kinds. `full` adds every hash of the history and a fold of the whole log to compare with.
NINES_EXPORT DoctorReport doctor(const Session& session, bool full);

struct RebuildReport {
  std::uint64_t events = 0;
  std::vector<std::string> changed;  ///< tables that did not say what the log says
};
NINES_EXPORT RebuildReport doctor_rebuild(Session& session);

struct BackupReport {
  std::filesystem::path path;
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  Hash256 root{};
};
/// A consistent copy, taken while others may write, then opened and verified. Throws
/// Error{cannot_create} when the file exists; Error{bad_data} when the copy does not verify.
NINES_EXPORT BackupReport doctor_backup(const Session& session,
                                        const std::filesystem::path& target);

/// Verifies the backup and puts a copy of it where `options.db` says, as a new replica: the lost
/// file may have shared events that the backup does not have. Throws Error{cannot_create} when a
/// store is there, Error{bad_data} when the backup is damaged.
NINES_EXPORT BackupReport doctor_restore(const SessionOptions& options,
                                         const std::filesystem::path& backup);

}  // namespace nines::usecases
