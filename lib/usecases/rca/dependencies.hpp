// Dependencies as traces, networks and incidents show them, against those that are declared.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/json.hpp"
#include "domain/rca/deps/compare.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct DependencyRequest {
  std::vector<std::string> traces;       ///< files of spans; "-" is the stream
  std::vector<std::string> network;      ///< tables of who talks to whom, flow records, ss output
  std::optional<std::string> names;      ///< which address is which service
  std::vector<std::string> declared;     ///< YAML of services; none: what the store has applied
  Micros window = std::chrono::days{7};  ///< what is not seen in spans of so long is stale
};

struct DependencyResult {
  std::vector<nines::rca::DependencyRow> rows;
  std::vector<nines::rca::CoImpact> co_impact;  ///< of incidents in the store
  std::vector<std::string> cycles;              ///< of what is seen, "a -> b -> a"
  nines::rca::EdgeSet declared;
  /// Declared services and vendors of nines/v1 as documents, by "Service/web".
  std::map<std::string, Json> documents;
  std::uint64_t spans = 0, links = 0, skipped = 0, orphans = 0, nameless = 0;
  std::optional<Instant> first, last;
  std::uint64_t flows = 0, nameless_flows = 0;  ///< of networks
  std::size_t incidents = 0;
  std::vector<std::string> warnings;
};

/// `session` may be null where `declared` is given; then there are no incidents. Throws Error:
/// not_found, bad_data.
NINES_EXPORT DependencyResult find_dependencies(const DependencyRequest& request,
                                                const Session* session,
                                                const std::filesystem::path& cwd,
                                                std::istream& input);

/// The documents of nines/v1 that declare every hidden dependency: each service that gains one in
/// full, those that are new, and what they name, so that they stand by themselves. Names that no
/// service may have are written as one may, with a word on it. Empty when nothing is hidden.
NINES_EXPORT std::string dependency_patch(const DependencyResult& result);
/// What that adds, service by service, for a person.
NINES_EXPORT std::string dependency_difference(const DependencyResult& result);
NINES_EXPORT std::string dependency_dot(const DependencyResult& result);

}  // namespace nines::usecases
