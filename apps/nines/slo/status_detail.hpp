// Everything about one objective, with the rules that were applied.
#pragma once

#include "nines/slo/figures.hpp"
#include "render/page.hpp"

namespace nines::app::slo {

render::Tone verdict_tone(nines::slo::Verdict verdict);

using FactItems = std::vector<std::pair<std::string, render::Cell>>;

/// When the budget is spent, and what will be left of it.
void add_outlook(FactItems& items, const Assessment& a);
/// Both figures, with and without announced maintenance, where some overlaps the window.
void add_maintenance(FactItems& items, const Assessment& a);

}  // namespace nines::app::slo
