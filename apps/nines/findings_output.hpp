// Findings on standard output, and on the page that GitHub shows beside a run.
#pragma once

#include "nines/command.hpp"
#include "render/findings.hpp"

namespace nines::app {

/// Not for JSON, which is the output of the verb. Throws Error{io} when they cannot be written.
void write_findings(Context& context, const render::FindingReport& report,
                    render::FindingFormat format);

}  // namespace nines::app
