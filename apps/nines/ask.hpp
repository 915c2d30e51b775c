// A question on a terminal, and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "nines/command.hpp"

namespace nines::app {

/// The answer, trimmed; empty text for an empty line. Nothing without a terminal, with --no-input
/// or in CI, and at the end of the input: a question never stands in anybody's way.
std::optional<std::string> ask(Context& context, std::string_view question);

}  // namespace nines::app
