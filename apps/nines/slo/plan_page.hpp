// Shows a plan of definitions: what is new, changed, renamed, retired, field by field.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "render/page.hpp"
#include "usecases/slo/plan.hpp"

namespace nines::app::slo {

/// One object per definition that is not as it was.
Json plan_json(const std::vector<usecases::PlannedDefinition>& plan);
/// A heading per definition, and a table of its fields; those of new ones only when `verbose`.
void add_plan(render::Page& page, const std::vector<usecases::PlannedDefinition>& plan,
              bool verbose);
Json changes_json(const std::vector<nines::slo::FieldChange>& changes);
render::Table changes_table(const std::vector<nines::slo::FieldChange>& changes);
/// "2 created, 1 changed, 3 unchanged".
std::string plan_summary(const std::vector<usecases::PlannedDefinition>& plan);

}  // namespace nines::app::slo
