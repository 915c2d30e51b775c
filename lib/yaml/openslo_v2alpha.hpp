// OpenSLO v2alpha: unstable; read, never written.
#pragma once

#include <span>

#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> openslo_v2alpha_kinds();

}  // namespace nines::yaml
