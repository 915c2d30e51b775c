// Which way of looking for causes fits an incident, from signs that can be counted.
//
// After the Cynefin situations: clear (one cause of a known class), complicated (several parts,
// expertise finds it), complex (feedback, many teams), chaotic (still burning). The thresholds are
// ours; the direction is common practice.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/analysis/model.hpp"

namespace nines::rca {

struct Signs {
  bool burning = false;          ///< not mitigated yet
  std::size_t services = 1;      ///< hurt, or named
  std::size_t teams = 1;         ///< that own them
  std::size_t changes = 0;       ///< on those services within the hours before the onset
  std::size_t layers = 0;        ///< of the factors named so far
  std::size_t entries = 0;       ///< of the timeline
  bool onset_known = false;      ///< the start of the impact is on record
  std::optional<bool> cyclic;    ///< the services need one another in a ring; none: no graph
  std::optional<bool> persists;  ///< the trigger is gone and the failure stayed; none: not said
};

struct Advice {
  std::optional<Method> method;  ///< none: stabilise first, no analysis yet
  std::string_view situation;    ///< "clear", "complicated", "complex", "chaotic", "unclear"
  std::string why;
  std::vector<std::string> would_change;  ///< "with 6 services: causal-graph"
};

Advice advise(const Signs& signs);

}  // namespace nines::rca
