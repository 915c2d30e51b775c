// Everything about one objective, with the rules that were applied.
#pragma once

#include "nines/slo/figures.hpp"
#include "render/page.hpp"

namespace nines::app::slo {

render::Tone verdict_tone(nines::slo::Verdict verdict);

}  // namespace nines::app::slo
