// What remediation owes right now, for the status of the world.
#pragma once

#include "base/json.hpp"
#include "render/page.hpp"
#include "usecases/remediate/standing.hpp"

namespace nines::app::top {

/// Sets the members late_actions, freezes, overrides and changes. Shape: schemas/status.json.
void add_standing(Json& data, const usecases::Standing& standing);
/// One line for each; nothing when nothing is owed.
void add_standing(render::Page& page, const usecases::Standing& standing, Instant now);

}  // namespace nines::app::top
