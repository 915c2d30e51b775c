// Holds JSON texts against JSON Schemas; the one unit that knows the validator package is its .cpp.
#pragma once

#include <string>
#include <string_view>

namespace nines::test {

/// What is wrong with `document` by `schema` (draft-07), one line per problem; empty when it is
/// valid. A text that is no JSON is a problem, too.
std::string json_problems(std::string_view document, std::string_view schema);

}  // namespace nines::test
