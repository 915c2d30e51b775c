// The nines/v1 kind Drill: its field table. Its reader is that of the store's documents.
#pragma once

#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kDrillShape;

}  // namespace nines::yaml
