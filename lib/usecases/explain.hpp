// The long form of every code that findings carry.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/export.hpp"
#include "base/stats.hpp"
#include "domain/slo/codes.hpp"

namespace nines::usecases {

NINES_EXPORT std::span<const slo::CodePage> explanations();

/// Any case, '-' for '_'. Throws Error{not_found} with close codes.
NINES_EXPORT const slo::CodePage& explain(std::string_view code);

/// How often a rule about wording is right.
struct WordingPrecision {
  int right = 0;
  int hits = 0;                ///< on the labelled sentences it was tested with; 0: not measured
  stats::Interval share = {};  ///< Wilson, 95 %
  std::string_view question = {};  ///< that it asks
};
/// Empty for codes that are not about wording.
NINES_EXPORT std::optional<WordingPrecision> wording_precision(slo::Code code);

}  // namespace nines::usecases
