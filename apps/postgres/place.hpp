// The place that a stream of a database is: its tables, and the identity it got at first contact.
#pragma once

#include <string>

#include "postgres/connection.hpp"

namespace nines::postgres {

struct OpenRequest {
  std::string url;
  std::string stream;
  std::string fresh;  ///< the identity of a stream that has none yet
  bool make = false;  ///< tables and stream, where there are none
};

struct Place {
  Connection connection;
  std::string stream;
  std::string identity;
  bool exists = true;       ///< else nothing was to be made, and all of it is empty
  std::uint64_t loaded = 0;  ///< events written since the server last counted its rows
};

/// Throws Error and ServerError.
Place open_place(const OpenRequest& request);

}  // namespace nines::postgres
