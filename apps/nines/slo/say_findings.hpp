// Findings on standard error, for verbs that refuse because of them.
#pragma once

#include "base/finding.hpp"
#include "nines/command.hpp"

namespace nines::app::slo {

/// Place, severity, code and message, the source line with a caret under it, and the mend.
void say_findings(Context& context, const Findings& findings);

}  // namespace nines::app::slo
