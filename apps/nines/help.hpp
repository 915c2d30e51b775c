// Help texts made from the command table: an overview, a family, a command; examples come first.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"

namespace nines::app {

std::string overview_help(const std::vector<Command>& commands);
/// The commands under `words` ("slo"), one line each.
std::string group_help(const std::vector<Command>& commands, std::string_view words);
std::string command_help(const Command& command);
/// The list of global options, for `nines help options`.
std::string globals_help();

/// "  --since TIME", padded and wrapped with its sentence; shared with the help topics.
std::string help_row(std::string_view left, std::string_view right, int indent_right);

}  // namespace nines::app
