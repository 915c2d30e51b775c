// The long form of every code that findings carry.
#pragma once

#include <span>
#include <string_view>

#include "base/export.hpp"
#include "domain/slo/codes.hpp"

namespace nines::usecases {

NINES_EXPORT std::span<const slo::CodePage> explanations();

/// Any case, '-' for '_'. Throws Error{not_found} with close codes.
NINES_EXPORT const slo::CodePage& explain(std::string_view code);

}  // namespace nines::usecases
