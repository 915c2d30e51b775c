// The tables of a store: the log's own, and those of every aggregate.
#pragma once

#include <string>
#include <vector>

namespace nines::store {

class Db;

inline constexpr int kApplicationId = 0x6E696E65;  ///< "nine", in the file's header

/// Tables that are never rebuilt: events, bodies, the Merkle tree's tiles, this machine's own
/// facts.
std::string log_tables();
/// Tables of stored content that events vouch for by hash.
std::string content_tables();
/// Tables that the fold writes.
std::string projection_tables();

/// Names of the tables that `ddl` makes, sorted.
std::vector<std::string> table_names(const std::string& ddl);

}  // namespace nines::store
