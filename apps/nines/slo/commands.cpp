// The rows of the 'slo' commands: a new verb is one file beside this one, and one row here.
#include "nines/command.hpp"

namespace nines::app {

std::span<const Command> slo_commands() { return {}; }

}  // namespace nines::app
