// The parts of import runs as a whole: proved against their events, sent, and received.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/uid.hpp"
#include "domain/series/counts.hpp"

namespace nines::store {

class Db;
class Store;

/// What a run's manifest is made of, part by part in the order of storing: SHA-256 over series id,
/// day (4 bytes, little-endian) and the hash of the frame.
void add_to_manifest(Sha256& manifest, const series::SeriesId& series, std::int32_t day,
                     const Hash256& frame);

/// A run whose measurements are not what its event says.
struct PartFault {
  std::string run;
  std::string source;
  std::string what;
};
struct PartsVerified {
  std::uint64_t runs = 0;
  std::uint64_t parts = 0;
  std::vector<PartFault> faults;
};
/// Recomputes every part of every live run, and holds the runs against their manifests.
PartsVerified verify_parts(const Store& store);

/// Live runs whose parts are here, and those that were measured on another machine only.
std::vector<Uid> runs_here(const Store& store);
std::vector<Uid> runs_elsewhere(const Store& store);

/// Calls `put(index, bytes)` for the run's files, from the last to the one with index 0: where that
/// one is, all are. Throws Error{bad_data} when they are damaged: that must not spread.
void send_parts(const Store& store, const Uid& run,
                const std::function<void(std::uint32_t, const std::string&)>& put);

/// Takes the run's files, from `get(index)`, until its event's number of parts is there; they count
/// once all of them match the manifest. Throws Error: bad_data (damaged or incomplete; nothing is
/// kept), busy (an import is running).
void receive_parts(Store& store, const Uid& run,
                   const std::function<std::optional<std::string>(std::uint32_t)>& get);

}  // namespace nines::store
