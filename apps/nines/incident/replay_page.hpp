// How a replay of recorded incidents through a policy looks.
#pragma once

#include "base/zone.hpp"
#include "render/output.hpp"
#include "usecases/paging/review.hpp"

namespace nines::app::incident {

render::Output replay_output(const usecases::ReplayReport& report, const Zone& zone);

}  // namespace nines::app::incident
