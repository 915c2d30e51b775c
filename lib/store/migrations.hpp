// The steps that bring a store's tables from any released version to this one.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines::store {

class Db;

/// One step, one transaction. Never edited after a release.
struct Migration {
  int version;
  std::string_view reason;
  std::string sql;
};

std::vector<Migration> migrations();
inline constexpr int kSchemaVersion = 3;

enum class SchemaState { current, empty, older };

/// Looks at application_id and user_version only. Throws Error{config} when the file belongs to a
/// newer nines or to another program; the file is not touched.
SchemaState check_schema(Db& db);

/// Runs the missing steps. A store that holds something is first copied, complete, to a new file
/// beside it; returns that file's path, or an empty one.
std::filesystem::path migrate(Db& db, Instant now);

}  // namespace nines::store
