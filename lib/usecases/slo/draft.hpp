// Writes a first, commented SLO document from the few facts somebody has at the start.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/decimal.hpp"
#include "base/export.hpp"

namespace nines::usecases {

struct DraftRequest {
  std::string name;  ///< "checkout-availability"
  std::string service;
  std::string description;  ///< empty: a sentence to be replaced
  Decimal target_percent{999, 1};
  std::string window = "30d";
  std::string owner;                      ///< empty: left as a comment
  std::string source = "web-access";      ///< name of the DataSource
  std::string where = "status < 500";     ///< which events are good
  std::string total = "true";             ///< which events count
  std::optional<std::string> good_query;  ///< with `total_query`: a Prometheus indicator instead
  std::optional<std::string> total_query;
};

/// OpenSLO v1 with comments, accepted by the profile strict. Throws Error{usage} with the place's
/// message when a fact makes it invalid.
NINES_EXPORT std::string draft_slo(const DraftRequest& request);

/// Writes a file that must not be there yet. Throws Error{conflict}, Error{cannot_create}.
NINES_EXPORT void write_new_file(const std::filesystem::path& path, const std::string& text);

}  // namespace nines::usecases
