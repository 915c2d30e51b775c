// The address of a database that replicas exchange through: a URL of libpq, and a stream of ours.
#pragma once

#include <string>
#include <string_view>

namespace nines::net {

/// What the teams of one database are told apart by.
inline constexpr std::string_view kMainStream = "main";

struct PostgresAddress {
  std::string url;     ///< for libpq; holds no secret
  std::string stream;  ///< letters, digits and "._-"
};

/// "postgres://" or "postgresql://".
bool is_postgres_address(std::string_view text);

/// Takes "stream=NAME" out of the query. Throws Error{usage}: a secret in the address (which the
/// message does not repeat), a stream of another form, no such URL.
PostgresAddress postgres_address_from(std::string_view text);

}  // namespace nines::net
