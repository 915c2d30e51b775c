// Recomputes everything the log promises, and names what does not hold.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/log/event.hpp"
#include "store/event_log.hpp"

namespace nines::store {

class Store;

/// One broken promise.
struct Fault {
  std::int64_t number = 0;  ///< of the event here, from 1; 0 = not about one event
  std::string event;        ///< "<replica>:<seq>"
  std::string kind;
  std::string subject;
  std::string what;  ///< "its body was changed"
};

struct Verification {
  std::uint64_t events = 0;
  std::uint64_t bodies = 0;
  std::uint64_t erased = 0;   ///< bodies that an erasure removed
  std::uint64_t left_out = 0;  ///< bodies that are at a place, by rule
  std::string place;           ///< that has them
  Hash256 root{};             ///< of the recomputed tree
  std::map<Uid, Head> heads;  ///< of the recomputed chains
  std::vector<Fault> faults;  ///< in the order of events; at most kMaxFaults
  bool intact() const { return faults.empty(); }
};

inline constexpr std::size_t kMaxFaults = 100;

/// Chains, body hashes, erasures, order, types, the Merkle tree. One pass over the log.
Verification verify_log(const Store& store);

/// Folds the log anew in memory and names the tables whose rows differ from the stored ones.
std::vector<std::string> differing_projections(const Store& store);

}  // namespace nines::store
