// How drills look, for people and for programs.
#pragma once

#include "nines/command.hpp"
#include "usecases/incident/drills.hpp"

namespace nines::app::incident {

Json drill_json(const nines::incident::Drill& drill);
Json drill_view_json(const usecases::DrillView& view);
/// Expected against actual, the runbook, surprises, findings: one page.
void add_score(render::Page& page, const usecases::DrillView& view);

}  // namespace nines::app::incident
