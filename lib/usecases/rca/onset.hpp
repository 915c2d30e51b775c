// When an incident's symptom began and ended, as its record tells; inside of the use cases.
#pragma once

#include <optional>
#include <string>

#include "domain/incident/model.hpp"

namespace nines::usecases {

struct Onset {
  incident::StatedTime when;
  bool known = false;            ///< false: the declaration stands in for the start of the impact
  std::string source;            ///< "impact started", or what stands in for it
  std::optional<Instant> ended;  ///< the first of mitigated, recovered, resolved
};

Onset onset_of(const incident::Record& record);

}  // namespace nines::usecases
