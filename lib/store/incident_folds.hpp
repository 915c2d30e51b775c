// The kinds of incident events, each with its fold.
#pragma once

#include <span>

#include "store/projection.hpp"

namespace nines::store {

std::span<const Projection> incident_kinds();

}  // namespace nines::store
