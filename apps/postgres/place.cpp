// First contact may come from many machines at once: whoever is second finds what the first made.
#include "postgres/place.hpp"

#include <optional>

#include "postgres/tables.hpp"

namespace nines::postgres {
namespace {

constexpr int kVersion = 1;  ///< of the tables
constexpr int kTries = 20;

/// Nothing where there are no tables.
std::optional<std::int64_t> version_of(Connection& connection) {
  try {
    const auto rows =
        connection.query("SELECT max(version)::bigint FROM nines.schema_version");
    if (rows.null(0, 0)) return std::nullopt;
    return rows.integer(0, 0);
  } catch (const ServerError& error) {
    if (error.is_missing_table()) return std::nullopt;
    throw;
  }
}

void make_tables(Connection& connection) {
  try {
    connection.transact([&] { connection.run(std::string(embedded_sql().front().text)); });
  } catch (const ServerError& error) {
    if (error.is_double_object()) return;  // somebody else makes them: look again
    if (error.state() == "42501")
      throw Error(ExitCode::config,
                  std::string("the database holds no place of nines yet, and its tables cannot be "
                              "made: ") +
                      error.what(),
                  "an administrator applies schemas/postgres/tables.sql", "NO_ACCESS");
    throw;
  }
}

/// False where there are none, and none are to be made.
bool has_tables(Connection& connection, bool make) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (const auto version = version_of(connection)) {
      if (*version == kVersion) return true;
      throw Error(ExitCode::config,
                  "the tables in the database are of version " + std::to_string(*version) +
                      ", and this nines knows version " + std::to_string(kVersion),
                  "install the newer nines", "NO_REMOTE");
    }
    if (!make) return false;
    make_tables(connection);
  }
  throw ServerError("40001", "others change the tables of nines all the time");
}

std::optional<std::string> identity_of(Connection& connection, const std::string& stream) {
  const auto rows =
      connection.query("SELECT remote::text FROM nines.stream WHERE stream = $1", {{stream}});
  if (rows.size() == 0) return std::nullopt;
  return rows.text(0, 0);
}

}  // namespace

Place open_place(const OpenRequest& request) {
  Place place{Connection(request.url), request.stream, request.fresh};
  auto& connection = place.connection;
  place.exists = has_tables(connection, request.make);
  if (!place.exists) return place;
  auto known = identity_of(connection, request.stream);
  if (!known && request.make) {
    connection.transact([&] {
      connection.query(
          "INSERT INTO nines.stream (stream, remote) VALUES ($1, $2::uuid) ON CONFLICT DO NOTHING",
          {{request.stream}, {request.fresh}});
    });
    known = identity_of(connection, request.stream);
  }
  place.exists = known.has_value();
  if (known) place.identity = *known;
  return place;
}

}  // namespace nines::postgres
