// Dependencies as traces, networks and incidents show them, against those that are declared.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/deps/compare.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct DependencyRequest {
  std::vector<std::string> traces;       ///< files of spans; "-" is the stream
  std::vector<std::string> network;      ///< tables of who talks to whom: from,to
  std::vector<std::string> declared;     ///< YAML of services; none: what the store has applied
  Micros window = std::chrono::days{7};  ///< what is not seen in spans of so long is stale
};

struct DependencyResult {
  std::vector<nines::rca::DependencyRow> rows;
  std::vector<nines::rca::CoImpact> co_impact;  ///< of incidents in the store
  std::vector<std::string> cycles;              ///< of what is seen, "a -> b -> a"
  nines::rca::EdgeSet declared;
  std::uint64_t spans = 0, links = 0, skipped = 0, orphans = 0, nameless = 0;
  std::optional<Instant> first, last;
  std::size_t incidents = 0;
  std::vector<std::string> warnings;
};

/// `session` may be null where `declared` is given; then there are no incidents. Throws Error:
/// not_found, bad_data.
NINES_EXPORT DependencyResult find_dependencies(const DependencyRequest& request,
                                                const Session* session,
                                                const std::filesystem::path& cwd,
                                                std::istream& input);

/// What to add to declared services so that they name every hidden dependency: nines/v1 YAML.
NINES_EXPORT std::string dependency_patch(const DependencyResult& result);
NINES_EXPORT std::string dependency_dot(const DependencyResult& result);

}  // namespace nines::usecases
