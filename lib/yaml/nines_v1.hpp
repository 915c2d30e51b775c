// The kinds of nines/v1: those that OpenSLO does not have, or has too little of.
#pragma once

#include <span>
#include <string_view>

#include "yaml/shape.hpp"

namespace nines::yaml {

inline constexpr std::string_view kNinesApiVersions[] = {"nines/v1"};

std::span<const KindTable> nines_v1_kinds();

}  // namespace nines::yaml
