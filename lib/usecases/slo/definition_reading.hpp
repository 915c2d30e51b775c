// One definition file to definitions and findings, as check and apply both want them.
#pragma once

#include <string_view>

#include "usecases/slo/definition_files.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases::slo {

/// A JSON file that was only met in a directory, and does not claim to be a definition.
bool is_other_json(const DefinitionFile& file, std::string_view text);

/// As yaml::read_definitions, with the findings of the reader of raw files about each DataSource.
yaml::Reading read_definition_text(std::string_view text, std::string_view file,
                                   const yaml::ReadOptions& options = {});

}  // namespace nines::usecases::slo
