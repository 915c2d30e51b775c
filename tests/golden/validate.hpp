// Holds JSON outputs against their schemas; the one unit that knows the validator package.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nines::golden {

/// What is wrong with `text` by the schema it names, one line per problem; empty when it is no JSON
/// output of ours, or a valid one.
std::string schema_problems(std::string_view text, const std::filesystem::path& schemas);

}  // namespace nines::golden
