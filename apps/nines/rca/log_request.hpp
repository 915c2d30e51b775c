// Two stretches of logs as a command line names them: two files, or one that a time parts.
#pragma once

#include <string>

#include "nines/command.hpp"
#include "usecases/rca/log_compare.hpp"

namespace nines::app::rca {

/// BEFORE, AFTER, --onset, --until, --lookback, --by, --service and --zone.
void declare_log_stretches(Options& options, std::string onset_help);
/// Neither a second file nor --onset may be given: what stands in then, the verb knows. Throws
/// Error{usage}.
usecases::LogCompareRequest log_stretches(Context& context);

/// The zone that --zone names, else UTC. Throws Error{usage}.
Zone log_zone(const Context& context);

}  // namespace nines::app::rca
