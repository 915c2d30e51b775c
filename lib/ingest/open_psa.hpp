// Fault trees of the Open-PSA model exchange format (MEF 2.0d), as scram, XFTA and OpenPRA write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/finding.hpp"
#include "domain/rca/tree/draft.hpp"

namespace nines::ingest {

struct OpenPsaReading {
  rca::tree::Draft draft;
  Findings findings;  ///< of the XML, of the model, and of the tree; in the order of the file
};

/// All fault trees of the file as one: their gates share one space of names, as the format says.
/// Formulas inside formulas become gates of their own, named after the one they stand in. `hours` is
/// the system mission time, where the caller knows it. What is not read (event trees, distributions
/// of uncertainty) is an error, never passed over. Never throws on bad input.
OpenPsaReading read_open_psa(std::string_view bytes, std::string_view file,
                             std::optional<double> hours);

}  // namespace nines::ingest
