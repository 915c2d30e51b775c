// Holds the JSON outputs of commands against the schemas they name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nines::golden {

/// "slo.status" when `text` is a JSON output of ours in its envelope, else empty.
std::string schema_named_by(std::string_view text);

/// What is wrong with `text` by the schema it names, one line per problem; empty when it is no JSON
/// output of ours, or a valid one.
std::string schema_problems(std::string_view text, const std::filesystem::path& schemas);

}  // namespace nines::golden
