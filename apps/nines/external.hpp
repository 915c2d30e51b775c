// Commands that others bring: an executable nines-foo on PATH runs as 'nines foo', as git's do.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "nines/command.hpp"

namespace nines::app {

/// The program that a first word which is no command of ours stands for. Only absolute folders of
/// PATH are looked at, so that a repository one is standing in can bring none.
std::optional<std::filesystem::path> find_external(const Environment& env, std::string_view word);

}  // namespace nines::app
