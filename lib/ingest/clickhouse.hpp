// ClickHouse over HTTP: one number a minute of the user's own query, and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nines::ingest {

/// What follows the engine's URL: read-only, bounded in time and rows, and whole before it is sent,
/// so that an error never hides in the middle of an answer.
std::string clickhouse_path();

/// `query` selects `minute` (a DateTime) and `value`; its {{.from}} and {{.to}} become seconds since
/// the epoch. Values of one minute are added up. Minutes since the epoch, half open.
std::string minutes_query(std::string_view query, std::int64_t from, std::int64_t to);
inline constexpr std::string_view kVersionQuery = "SELECT version() FORMAT JSONCompact";

/// (minute, value), ascending. Throws Error{bad_data} for anything that is no whole answer.
std::vector<std::pair<std::int64_t, double>> read_clickhouse(std::string_view body);
/// Of kVersionQuery; empty when it does not say.
std::string read_version(std::string_view body);

}  // namespace nines::ingest
