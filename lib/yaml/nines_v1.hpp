// The kinds of nines/v1: those that OpenSLO does not have, or has too little of.
#pragma once

#include <span>

#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> nines_v1_kinds();

}  // namespace nines::yaml
