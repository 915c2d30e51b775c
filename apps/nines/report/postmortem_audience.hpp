// The pages of 'show' that are not the text itself: for an audience, for owners, for executives.
#pragma once

#include "nines/command.hpp"
#include "usecases/report/accountability.hpp"

namespace nines::app::report {

void declare_audience(Options& options);
/// Whether one of these pages is asked for; two at once are an Error{usage}.
bool asks_for_audience(const Context& context);
ExitCode show_audience(Context& context);

/// Shape: schemas/report.postmortem.accountability.json.
Json accountability_json(const usecases::Accountability& one);
void add_accountability(render::Page& page, const usecases::Accountability& one);

}  // namespace nines::app::report
