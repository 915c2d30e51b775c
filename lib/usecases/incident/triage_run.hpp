// Runs one step and records how it ended; shared by the steps that run unasked and the approved.
#pragma once

#include "usecases/incident/triage.hpp"

namespace nines::usecases {

/// Runs `record.argv` outside any transaction, then records the result, the output and a line of
/// the timeline in one. `interrupted` in the outcome means that nothing else should be run.
StepReport run_step(Session& session, const incident::Incident& incident,
                    const incident::PlaybookStep& step, incident::TriageStep record,
                    const ProcessEnvironment& env);

}  // namespace nines::usecases
