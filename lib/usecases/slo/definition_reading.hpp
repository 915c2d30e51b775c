// One definition file to definitions and findings, as check and apply both want them.
#pragma once

#include <string_view>

#include "usecases/slo/calendar_file.hpp"
#include "usecases/slo/definition_files.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// A JSON file that was only met in a directory, and does not claim to be a definition.
bool is_other_json(const DefinitionFile& file, std::string_view text);

/// As yaml::read_definitions, with the findings of the reader of raw files about each DataSource,
/// and with the days of each .ics file that a Calendar names.
yaml::Reading read_definition_text(std::string_view text, std::string_view file,
                                   const CalendarFiles& calendars,
                                   const yaml::ReadOptions& options = {});

/// What `definition_file` (found from `cwd`) may name.
CalendarFiles calendar_files(const DefinitionFile& definition_file,
                             const std::filesystem::path& cwd, const std::filesystem::path& program,
                             Instant now);

}  // namespace nines::usecases
