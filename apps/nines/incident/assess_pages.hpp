// How a judgement by policy looks, with every rule and input.
#pragma once

#include "nines/command.hpp"
#include "usecases/incident/assess.hpp"

namespace nines::app::incident {

/// `entry`: the line it was recorded as.
render::Output assess_output(const usecases::Assessed& assessed,
                             const std::optional<nines::incident::Entry>& entry);
render::Output replay_output(const usecases::Replay& replay);

}  // namespace nines::app::incident
