// Shows what stored history says of a change of definitions.
#pragma once

#include "base/json.hpp"
#include "render/page.hpp"
#include "usecases/slo/diff_impact.hpp"

namespace nines::app::slo {

/// Shape: schemas/slo.diff.json, "impact".
Json impact_json(const usecases::DiffImpact& impact);
void add_impact(render::Page& page, const usecases::DiffImpact& impact);

}  // namespace nines::app::slo
