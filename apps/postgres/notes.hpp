// What lies beside the events of a stream: statements of replicas, measurements of import runs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "postgres/place.hpp"

namespace nines::postgres {

/// Replica and note, and so on.
std::vector<std::string> statements(Place& place);
void put_statement(Place& place, const std::string& replica, const std::string& note);

/// Those whose part 0 is there.
std::vector<std::string> measured_runs(Place& place);
void put_measurements(Place& place, const std::string& run, std::uint64_t part,
                      const std::string& bytes);
/// The bytes, or nothing.
std::vector<std::string> get_measurements(Place& place, const std::string& run,
                                          std::uint64_t part);

}  // namespace nines::postgres
