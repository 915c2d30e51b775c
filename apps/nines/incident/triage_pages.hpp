// How steps of playbooks look, for people and for programs.
#pragma once

#include "nines/command.hpp"
#include "usecases/incident/triage.hpp"

namespace nines::app::incident {

std::span<const usecases::ShippedPlaybook> shipped_playbooks();

Json triage_step_json(const nines::incident::TriageStep& step);
Json step_report_json(const usecases::StepReport& report);
/// "ran", "timed out", "waits for approval", "would run".
render::Cell state_of(const usecases::StepReport& report);
render::Cell state_of(const nines::incident::TriageStep& step);
/// Name, state, why, output of each, and what the output suggests.
void add_reports(render::Page& page, const std::vector<usecases::StepReport>& reports);

}  // namespace nines::app::incident
