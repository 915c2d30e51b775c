// How proposals look, for people and for programs.
#pragma once

#include "nines/incident/pages.hpp"
#include "usecases/incident/proposals.hpp"

namespace nines::app::incident {

Json proposal_json(const usecases::ProposalView& view);

inline Instant whole_second(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

}  // namespace nines::app::incident
