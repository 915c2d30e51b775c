// The output of nines tick.
#pragma once

#include <cstdint>

#include "nines/command.hpp"
#include "render/output.hpp"
#include "usecases/tick/tick.hpp"

namespace nines::app::top {

/// Of escalations and of asks.
std::int64_t count_pages(const usecases::TickReport& report, nines::incident::PageResult result);

render::Output tick_output(Context& context, const usecases::TickReport& report);

}  // namespace nines::app::top
