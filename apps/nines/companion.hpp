// Companion programs: what links more than a start of nines should pay for, found and run by it.
#pragma once

#include <filesystem>
#include <string_view>

#include "nines/command.hpp"

namespace nines::app {

/// The companion of that name: in the folder NINES_LIBEXEC names, else beside the running program,
/// else in libexec/nines of the same installation. Empty when there is none.
std::filesystem::path find_companion(const Environment& env, std::string_view name);

}  // namespace nines::app
