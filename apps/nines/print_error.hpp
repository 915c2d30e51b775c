// Prints the one error a command ended with, for people or as JSON.
#pragma once

#include "base/error.hpp"
#include "nines/command.hpp"

namespace nines::app {

/// Writes to the world's `err` and gives the exit code.
int print_error(World& world, const Error& error, bool json);

}  // namespace nines::app
