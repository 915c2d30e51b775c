// The options every command takes, and what can be read of them before anything is parsed.
#pragma once

#include <string>
#include <vector>

#include "nines/options.hpp"

namespace nines::app {

/// `-C`, `--db`, `-o` and their kin; accepted before the noun and after the verb.
const Options& global_options();

/// How many tokens the option at `tokens[at]` takes up (1, or 2 with its value). Throws
/// Error{usage} when no global option has that name.
std::size_t global_width(const std::vector<std::string>& tokens, std::size_t at);

/// Whether an error belongs on stderr as one JSON object; reads even lines that do not parse.
bool wants_json(const std::vector<std::string>& tokens);

}  // namespace nines::app
