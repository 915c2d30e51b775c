// The turns of one layer of a rota: their boundaries in wall time, their numbers, whose they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/incident/rota.hpp"

namespace nines::incident {

/// A stretch in which a layer lets one person be on.
struct TurnPiece {
  Period when;
  std::int64_t turn = 0;  ///< grows; equal for the pieces of one turn
  std::size_t version = 0;
  std::string person;
};

/// Wall time at which turn `k` (>= 0) begins; empty beyond the year 9999.
std::optional<LocalTime> turn_start(const LayerVersion& version, std::int64_t k);

/// The pieces that overlap `period`, disjoint, by start, not cut to it.
std::vector<TurnPiece> pieces_of(const Layer& layer, const Period& period);

}  // namespace nines::incident
