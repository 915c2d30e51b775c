// The kind ReleaseTrain of nines/v1: releases by day, and the work that features leave free in them.
#pragma once

#include <vector>

#include "base/json.hpp"
#include "domain/remediate/schedule.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kReleaseTrainShape;

/// The releases of a stored document, which passed the checks when it was applied.
std::vector<remediate::Release> releases_from(const Json& stored);

}  // namespace nines::yaml
