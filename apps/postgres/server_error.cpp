// Classes of SQL states to exit codes.
#include "postgres/server_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nines::postgres {
namespace {

constexpr const char* kLater =
    "nothing is lost: what was not exchanged yet is, when you sync again";

}  // namespace

bool ServerError::is_double_object() const {
  constexpr std::array<std::string_view, 5> kDouble{"23505", "42P07", "42P06", "42710", "XX000"};
  return is_passing() || std::find(kDouble.begin(), kDouble.end(), state_) != kDouble.end();
}

Error error_of(const ServerError& error) {
  const std::string_view state = error.state();
  const auto said = std::string("the database says: ") + error.what();
  if (state.empty())
    return {ExitCode::busy, std::string("the connection to the database broke: ") + error.what(),
            kLater};
  if (state == "42501")
    return {ExitCode::config, said,
            "is this your team's stream? an administrator gives streams to roles: "
            "schemas/postgres/streams.sql",
            "NO_ACCESS"};
  if (state.starts_with("22"))
    return {ExitCode::bad_data, said, "its tables may have been changed by hand"};
  if (error.is_missing_table() || state.starts_with("42"))
    return {ExitCode::config, said,
            "are its tables those of schemas/postgres/tables.sql, and unchanged?", "NO_REMOTE"};
  if (state.starts_with("25006") || state.starts_with("0A"))
    return {ExitCode::config, said, "is it a server that may be written to?"};
  if (state.starts_with("53"))
    return {ExitCode::io, said, "tell its administrator; what was exchanged before is kept"};
  return {ExitCode::busy, said, kLater};
}

}  // namespace nines::postgres
